import type { DataOf } from '../../../events/define.ts';
import { messageRequested } from '../../../events/message.ts';
import type { customerById } from '../../customers/reads.ts';
import { type Change, emit } from '../../shared/store/changes.ts';
import type { Case, CaseMessage } from './case.ts';

type Customer = Awaited<ReturnType<typeof customerById>>;

const greeting = '{% if customer.givenName %}Dear {{ customer.givenName }},{% else %}Hello,{% endif %}';
const reference = '[{{ case.number }}]';

/** the messages to customers; the subject has the number by which a reply finds the case */
const texts = {
  acknowledgement: {
    subject: `${reference} We have received: {{ case.subject }}`,
    body: `${greeting}

thank you for contacting us. Your reference number is {{ case.number }}.
{% if expectedBy %}You can expect our reply by {{ expectedBy }}.{% else %}We will reply as soon as we can.{% endif %}
`,
  },
  answer: { subject: `${reference} Re: {{ case.subject }}`, body: '{{ answer }}\n' },
  rating: {
    subject: `${reference} How did we do?`,
    body: `${greeting}

we have resolved your case {{ case.number }}: {{ case.subject }}.
{% if resolution %}
{{ resolution }}
{% endif %}
How satisfied are you with our service? Please rate it here: {{ ratingUrl }}

If your question is not resolved, reply to this message.
`,
  },
};

type Request = {
  text: keyof typeof texts;
  step: string;
  scope: Record<string, unknown>;
  links?: DataOf<typeof messageRequested>['links'];
};

/** requests a message to the customer, by e-mail or else SMS; none for a customer without an address */
const request = (
  { id, number, subject }: Case,
  customer: Customer,
  { text, step, scope, links }: Request,
): Change[] => {
  const channel = customer?.email ? ('email' as const) : customer?.phone ? ('sms' as const) : null;
  if (!customer || !channel) return [];
  const { body, subject: template } = texts[text];
  const content = channel === 'email' ? { subject: template, body } : { body };
  const data = {
    channel,
    topic: null,
    content,
    cause: id,
    step,
    scope: { ...scope, case: { number, subject } },
    links,
  };
  return [emit(messageRequested, { customerId: customer.id, about: id, data })];
};

/** an instant in the customer's time zone and language */
const localTime = (instant: string, { locale, timeZone }: NonNullable<Customer>) => {
  const zone = timeZone ?? 'UTC';
  const [language = 'en'] = Intl.DateTimeFormat.supportedLocalesOf((locale ?? 'en').replace('_', '-'));
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'short', timeZone: zone });
  return `${format.format(new Date(instant))} (${zone})`;
};

/** with the number and the due time of the first response; sent at most once per case */
export const acknowledgement = (to: Case, customer: Customer): Change[] => {
  const due = to.sla.firstResponseDueAt;
  const scope = { expectedBy: due && customer && localTime(due, customer) };
  return request(to, customer, { text: 'acknowledgement', step: 'acknowledgement', scope });
};

export const answerMessage = (to: Case, customer: Customer, { id, body }: CaseMessage): Change[] =>
  request(to, customer, { text: 'answer', step: id, scope: { answer: body } });

/** sent at most once per case, however often it is reopened */
export const ratingRequest = (to: Case, customer: Customer): Change[] =>
  request(to, customer, {
    text: 'rating',
    step: 'rating',
    scope: { resolution: to.resolution },
    links: { ratingUrl: { purpose: 'rating', claims: { caseId: to.id } } },
  });
