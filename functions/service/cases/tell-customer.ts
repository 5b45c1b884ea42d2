import { messageRequested } from '../../../events/message.ts';
import type { needCustomer } from '../../customers/reads.ts';
import { type Change, emit } from '../../shared/store/changes.ts';
import type { Case, CaseMessage } from './case.ts';

type Customer = Awaited<ReturnType<typeof needCustomer>>;

const greeting = '{% if customer.givenName %}Dear {{ customer.givenName }},{% else %}Hello,{% endif %}';
const mark = '[{{ case.number }}]';

/** what customers are told; the subject carries the number, by which their answers find the case */
const texts = {
  acknowledgement: {
    subject: `${mark} We have received: {{ case.subject }}`,
    body: `${greeting}

thank you for writing to us. Your reference is {{ case.number }}.
{% if expectedBy %}You can expect our answer by {{ expectedBy }}.{% else %}We will answer as soon as we can.{% endif %}
`,
  },
  answer: { subject: `${mark} Re: {{ case.subject }}`, body: '{{ answer }}\n' },
  rating: {
    subject: `${mark} How did we do?`,
    body: `${greeting}

we have settled your case {{ case.number }}: {{ case.subject }}.
{% if resolution %}
{{ resolution }}
{% endif %}
Are you content with how we handled it? Tell us here: {{ ratingUrl }}

If anything is still open, just answer this message.
`,
  },
};

type Told = { text: keyof typeof texts; step: string; scope?: Record<string, unknown> };

/** asks messaging to tell the customer, on the one channel they can be reached by; nothing for who has no address */
const telling = ({ id, number, subject }: Case, customer: Customer, { text, step, scope = {} }: Told): Change[] => {
  const channel = customer.email ? ('email' as const) : customer.phone ? ('sms' as const) : null;
  if (!channel) return [];
  const { body, subject: head } = texts[text];
  const content = channel === 'email' ? { subject: head, body } : { body };
  const data = { channel, topic: null, content, cause: id, step, scope: { ...scope, case: { number, subject } } };
  return [emit(messageRequested, { customerId: customer.id, about: id, data })];
};

/** an instant as the customer's clocks and language show it */
const shownTime = (instant: string, { locale, timeZone }: Customer) => {
  const style = { dateStyle: 'full', timeStyle: 'short' } as const;
  const zone = timeZone ?? 'UTC';
  const [language] = Intl.DateTimeFormat.supportedLocalesOf((locale ?? 'en').replace('_', '-'));
  return `${new Intl.DateTimeFormat(language ?? 'en', { ...style, timeZone: zone }).format(new Date(instant))} (${zone})`;
};

/** reference and expected time; at most once a case */
export const acknowledgement = (to: Case, customer: Customer): Change[] => {
  const due = to.sla.firstResponseDueAt;
  const scope = { expectedBy: due && shownTime(due, customer) };
  return telling(to, customer, { text: 'acknowledgement', step: 'acknowledgement', scope });
};

export const answerMessage = (to: Case, customer: Customer, { id, body }: CaseMessage): Change[] =>
  telling(to, customer, { text: 'answer', step: id, scope: { answer: body } });

/** at most once a case, however often it is reopened */
export const ratingRequest = (to: Case, customer: Customer, ratingUrl: string): Change[] =>
  telling(to, customer, { text: 'rating', step: 'rating', scope: { ratingUrl, resolution: to.resolution } });
