import {
  messageBounced,
  messageClicked,
  messageComplained,
  messageDelivered,
  messageFailed,
  messageOpened,
  messageSent,
} from '../../events/message.ts';
import { log } from '../shared/aws/log.ts';
import { consumeExternal } from '../shared/events/consume.ts';
import { ctxOf } from '../shared/http/context.ts';
import { tenantName } from '../shared/http/principal.ts';
import { type Change, eventOf, put, update, updated } from '../shared/store/changes.ts';
import { retryOnConflict } from '../shared/store/retry-on-conflict.ts';
import { suppressions, unreachables } from './contact-history.ts';
import { subscriptions } from './contract.ts';
import { type Progress, progressOf, Report, taggedMessage } from './delivery-progress.ts';
import { referenceTo } from './mail-reference.ts';
import { type Message, messages } from './message.ts';
import { pausing } from './sending-pause.ts';

const eventFor = (message: Message, { state, permanent, link, machine, ...progress }: Progress): Change => {
  const reason = progress.reason ?? '';
  if (state === 'bounced') return eventOf(messageBounced, message, { permanent, reason });
  if (state === 'complained') return eventOf(messageComplained, message, { reason });
  if (state === 'failed') return eventOf(messageFailed, message, { reason });
  if (state === 'clicked') return eventOf(messageClicked, message, { link, machine });
  if (state === 'opened') return eventOf(messageOpened, message, { machine });
  return eventOf(state === 'delivered' ? messageDelivered : messageSent, message);
};

/** a report can arrive before we stored that the provider accepted the message, and before the report of that */
const missedSend = (message: Message, { state }: Progress): Change[] =>
  message.state === 'sending' && state !== 'sent' && state !== 'failed' ? [eventOf(messageSent, message)] : [];

const suppression = (at: string, message: Message, { state, permanent, reason: why }: Progress): Change[] => {
  const { id, customerId, channel, to: address } = message;
  if (!permanent || !address) return [];
  const fields = { channel, address, reason: `${state}: ${why}`, at };
  return [
    put(suppressions, { ...fields, messageId: id, customerId }),
    put(unreachables, { id, customerId, ...fields }),
  ];
};

/** what a progress of a message changes */
export const recorded = (message: Message, progress: Progress, now: string): Change[] => {
  const { state, reason, machine, firstClick = message.firstClick } = progress;
  return [
    update(messages, message, updated(now, message, { state, reason, machine, firstClick })),
    ...suppression(now, message, progress),
    ...missedSend(message, progress),
    eventFor(message, progress),
  ];
};

/** an answer refers to a mail about a case by the id that the provider gave it */
const answerable = ({ cause }: Message, { eventType, mail }: Report, now: string): Change[] =>
  eventType === 'Send' && cause.startsWith('case_') && mail.messageId ? [referenceTo(cause, mail.messageId, now)] : [];

const record = async (report: Report, now: string) => {
  const tagged = taggedMessage(report);
  if (!tagged || !tenantName.test(tagged.tenant)) return;
  const { store } = ctxOf({ tenant: tagged.tenant, actor: 'rapport:recordDelivery', now });
  const message = await store.get(messages, { id: tagged.messageId });
  if (!message) return;
  const progress = progressOf(message, report);
  const news = progress
    ? [...recorded(message, progress, now), ...(await pausing(message, progress.state, store))]
    : [];
  await store.commit([...news, ...answerable(message, report, now)]);
};

/** Idempotent by the message's own state: a report without news changes nothing. */
const recordDelivery = async ({ detail }: { detail: unknown }, now: string): Promise<void> => {
  const report = Report.safeParse(detail);
  if (!report.success) return log('warn', 'an unreadable mail report', { issues: report.error.issues.length });
  await retryOnConflict(() => record(report.data, now));
};

export const reaction = consumeExternal('recordDelivery', subscriptions.recordDelivery, recordDelivery);
