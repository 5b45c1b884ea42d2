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
import { type Change, emit, put, update, updated } from '../shared/store/changes.ts';
import { retryOnConflict } from '../shared/store/retry-on-conflict.ts';
import { suppressions, unreachables } from './contact.ts';
import { type Progress, progressOf, Report } from './delivery-progress.ts';
import { type Message, messages } from './message.ts';
import { taggedIn } from './message-tags.ts';
import { about } from './said-of-message.ts';

const said = (message: Message, { state, permanent, link, ...progress }: Progress): Change => {
  const reason = progress.reason ?? '';
  if (state === 'bounced') return emit(messageBounced, about(message, { permanent, reason }));
  if (state === 'complained') return emit(messageComplained, about(message, { reason }));
  if (state === 'failed') return emit(messageFailed, about(message, { reason }));
  if (state === 'clicked') return emit(messageClicked, about(message, { link }));
  if (state === 'opened') return emit(messageOpened, about(message));
  return emit(state === 'delivered' ? messageDelivered : messageSent, about(message));
};

/** a report can overtake our own note that the provider took the message, and the report of that */
const overtaken = (message: Message, { state }: Progress): Change[] =>
  message.state === 'sending' && state !== 'sent' && state !== 'failed' ? [emit(messageSent, about(message))] : [];

/** the address of a permanent bounce or a complaint is not written to again */
const suppressing = (at: string, message: Message, { state, permanent, reason: why }: Progress): Change[] => {
  const { id, customerId, channel, to: address } = message;
  if (!permanent || !address) return [];
  const known = { channel, address, reason: `${state}: ${why}`, at };
  return [put(suppressions, known), put(unreachables, { id, customerId, ...known })];
};

const record = async (report: Report, now: string) => {
  const tagged = taggedIn(report.mail.tags);
  if (!tagged || !tenantName.test(tagged.tenant)) return;
  const { store } = ctxOf({ tenant: tagged.tenant, actor: 'rapport:recordDelivery', now });
  const message = await store.get(messages, { id: tagged.messageId });
  const progress = message && progressOf(message.state, report);
  if (!progress) return;
  const { state, reason } = progress;
  await store.commit([
    update(messages, message, updated(now, message, { state, reason })),
    ...suppressing(now, message, progress),
    ...overtaken(message, progress),
    said(message, progress),
  ]);
};

/** Idempotent by the message's own state: a report that tells nothing new changes nothing. */
export const recordDelivery = async ({ detail }: { detail: unknown }, now: string): Promise<void> => {
  const report = Report.safeParse(detail);
  if (!report.success) return log('warn', 'a mail report that is none', { issues: report.error.issues.length });
  await retryOnConflict(() => record(report.data, now));
};

export const handler = consumeExternal('recordDelivery', recordDelivery);
