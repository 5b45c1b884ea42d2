import type { DataOf } from '../../../events/define.ts';
import { messageRequested } from '../../../events/message.ts';
import { type Text, type Voice, voiceFor, written } from '../../consent/service-mail.ts';
import type { customerById } from '../../customers/reads.ts';
import { type Change, emit } from '../../shared/store/changes.ts';
import type { Store } from '../../shared/store/store.ts';
import type { Calendar } from '../../shared/time/calendar.ts';
import type { Case, CaseMessage } from './case.ts';

type Customer = Awaited<ReturnType<typeof customerById>>;

/** the subject has the number by which a reply finds the case */
const subjectOf = (words: string) => `[{{ case.number }}] {{ ${words} }}`;

const acknowledging = (expectedBy: string | null): Text => ({
  subject: subjectOf("words.receivedSubject | replace: '…', case.subject"),
  body: `{{ words.receivedText | replace: '…', case.number }}
{{ ${expectedBy ? "words.replyBy | replace: '…', expectedBy" : 'words.replySoon'} }}`,
});

const answering: Text = {
  subject: subjectOf("words.answerSubject | replace: '…', case.subject"),
  body: '{{ answer }}',
  bare: true,
};

const asking = ({ resolution }: Case, unresolved: string): Text => ({
  subject: subjectOf('words.ratingTitle'),
  body: `{{ words.resolvedText | replace: '…', case.number }}: {{ case.subject }}
${resolution ? '\n{{ resolution }}\n' : ''}
{{ words.rateLink }}:
{{ ratingUrl }}

{{ ${unresolved} }}`,
});

type Request = {
  step: string;
  autoSubmitted?: 'auto-replied' | 'no';
  links?: DataOf<typeof messageRequested>['links'];
  text: Text;
  scope: Record<string, unknown>;
};

const texted = ['sms', 'whatsapp', 'voice'];

/** by text message who wrote or called by phone, by e-mail everybody else: where there is an address */
const channelFor = ({ channel }: Case, customer: Customer) => {
  const able = [customer?.phone && ('sms' as const), customer?.email && ('email' as const)].filter(Boolean);
  return (texted.includes(channel) ? able[0] : able.at(-1)) || null;
};

/** requests a message to the customer; none for a customer without an address */
const request = (about: Case, customer: Customer, voice: Voice, { text, scope, ...sending }: Request) => {
  const channel = channelFor(about, customer);
  if (!customer || !channel) return [];
  const { id, number, subject } = about;
  const { body, ...head } = text;
  const own = written(voice.words, channel === 'email' ? { ...head, body } : { body }, {
    ...scope,
    case: { number, subject },
  });
  const { mailbox, latestMail, brandId } = about;
  const thread = channel === 'email' && { thread: { mailbox, references: latestMail ? [latestMail] : [] } };
  const data = { channel, topic: null, ...own, cause: id, ...sending, ...thread, ...(brandId && { brandId }) };
  return [emit(messageRequested, { customerId: customer.id, about: id, data })];
};

/** an instant in words */
const localTime = (instant: string, language: string, timeZone: string) =>
  new Intl.DateTimeFormat(language, {
    ...{ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
    ...{ hour: 'numeric', minute: '2-digit', timeZone, timeZoneName: 'short' },
  }).format(new Date(instant));

/** with the number and the due time of the first response, in the zone of the customer or of the hours that are promised */
export const acknowledgement = (
  to: Case,
  customer: Customer,
  { voice, hours }: { voice: Voice; hours: Calendar | undefined },
): Change[] => {
  const due = to.sla.firstResponseDueAt;
  const zone = customer?.timeZone ?? hours?.timeZone ?? 'UTC';
  const expectedBy = due && localTime(due, voice.words.language, zone);
  return request(to, customer, voice, {
    step: 'acknowledgement',
    autoSubmitted: 'auto-replied',
    text: acknowledging(expectedBy),
    scope: expectedBy ? { expectedBy } : {},
  });
};

/** the voice in which a customer is written to about a case */
const voiceAbout = ({ language }: Case, customer: Customer, store: Store) =>
  voiceFor(store, { locale: customer?.locale ?? language ?? undefined });

export const answerMessage = async (to: Case, customer: Customer, store: Store, { id, body }: CaseMessage) =>
  request(to, customer, await voiceAbout(to, customer, store), {
    step: id,
    autoSubmitted: 'no',
    text: answering,
    scope: { answer: body },
  });

/** sent at most once per case, however often it is reopened */
export const ratingRequest = async (to: Case, customer: Customer, store: Store) => {
  const voice = await voiceAbout(to, customer, store);
  const unresolved = voice.canReply ? 'words.unresolvedReply' : "words.unresolvedContact | replace: '…', case.number";
  return request(to, customer, voice, {
    step: 'rating',
    links: { ratingUrl: { purpose: 'rating', claims: { caseId: to.id } } },
    text: asking(to, unresolved),
    scope: to.resolution ? { resolution: to.resolution } : {},
  });
};
