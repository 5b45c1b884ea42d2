import type { DataOf } from '../../../events/define.ts';
import { messageRequested } from '../../../events/message.ts';
import { type Text, type Voice, voiceFor, written } from '../../consent/service-mail.ts';
import type { customerById } from '../../customers/reads.ts';
import { type Change, emit } from '../../shared/store/changes.ts';
import type { Store } from '../../shared/store/store.ts';
import type { Case, CaseMessage } from './case.ts';
import { readHours } from './case-changes.ts';

type Customer = Awaited<ReturnType<typeof customerById>>;

/** the subject has the number by which a reply finds the case */
const subjectOf = (words: string) => `[{{ case.number }}] {{ ${words} }}`;

const acknowledging: Text = {
  subject: subjectOf("words.receivedSubject | replace: '…', case.subject"),
  body: `{{ words.receivedText | replace: '…', case.number }}
{% if expectedBy %}{{ words.replyBy | replace: '…', expectedBy }}{% else %}{{ words.replySoon }}{% endif %}`,
};

const answering: Text = {
  subject: subjectOf("words.answerSubject | replace: '…', case.subject"),
  body: '{{ answer }}',
  bare: true,
};

const asking = (unresolved: string): Text => ({
  subject: subjectOf('words.ratingTitle'),
  body: `{{ words.resolvedText | replace: '…', case.number }}: {{ case.subject }}
{% if resolution %}
{{ resolution }}
{% endif %}
{{ words.rateLink }}:
{{ ratingUrl }}

{{ ${unresolved} }}`,
});

type Request = {
  step: string;
  autoSubmitted?: 'auto-replied' | 'no';
  links?: DataOf<typeof messageRequested>['links'];
  text: (voice: Voice) => Text;
  scope: (voice: Voice) => Record<string, unknown>;
};

/** requests a message to the customer, by e-mail or else SMS; none for a customer without an address */
const request = async (about: Case, customer: Customer, store: Store, { text, scope, ...sending }: Request) => {
  const channel = customer?.email ? ('email' as const) : customer?.phone ? ('sms' as const) : null;
  if (!customer || !channel) return [];
  const { id, number, subject, language } = about;
  const voice = await voiceFor(store, { locale: customer.locale ?? language ?? undefined });
  const { body, ...head } = text(voice);
  const own = written(voice.words, channel === 'email' ? { ...head, body } : { body }, {
    ...scope(voice),
    case: { number, subject },
  });
  const data = { channel, topic: null, ...own, cause: id, ...sending };
  return [emit(messageRequested, { customerId: customer.id, about: id, data })];
};

/** an instant in words */
const localTime = (instant: string, language: string, timeZone: string) =>
  new Intl.DateTimeFormat(language, {
    ...{ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
    ...{ hour: 'numeric', minute: '2-digit', timeZone, timeZoneName: 'short' },
  }).format(new Date(instant));

/** with the number and the due time of the first response, in the zone of the customer or of the hours that are promised */
export const acknowledgement = async (to: Case, customer: Customer, store: Store): Promise<Change[]> => {
  const due = to.sla.firstResponseDueAt;
  const zone = customer?.timeZone ?? (await readHours(store, to))?.timeZone ?? 'UTC';
  return request(to, customer, store, {
    step: 'acknowledgement',
    autoSubmitted: 'auto-replied',
    text: () => acknowledging,
    scope: ({ words }) => ({ expectedBy: due && localTime(due, words.language, zone) }),
  });
};

export const answerMessage = (to: Case, customer: Customer, store: Store, { id, body }: CaseMessage) =>
  request(to, customer, store, {
    step: id,
    autoSubmitted: 'no',
    text: () => answering,
    scope: () => ({ answer: body }),
  });

/** sent at most once per case, however often it is reopened */
export const ratingRequest = (to: Case, customer: Customer, store: Store) =>
  request(to, customer, store, {
    step: 'rating',
    links: { ratingUrl: { purpose: 'rating', claims: { caseId: to.id } } },
    text: ({ canReply }) =>
      asking(canReply ? 'words.unresolvedReply' : "words.unresolvedContact | replace: '…', case.number"),
    scope: () => ({ resolution: to.resolution }),
  });
