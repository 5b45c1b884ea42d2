import { createHash } from 'node:crypto';
import { sendingPaused } from '../../events/message.ts';
import { log } from '../shared/aws/log.ts';
import { add, type Change, emit, put } from '../shared/store/changes.ts';
import type { Store } from '../shared/store/store.ts';
import { dayOf, minus } from '../shared/time/duration.ts';
import { type Message, messages } from './message.ts';
import { pauses, type Scoped, scopeOf, sendingStopped } from './pause.ts';
import { type MessagingRules, messagingSettings, usualPause } from './settings.ts';

const healthOf = (scope: string, at: string): [kind: string, id: string] => ['sending-health', `${dayOf(at)}#${scope}`];

/** of so many sends one is counted, for all of them: a write with every message would cost more than it tells */
const counted = 64;

const isCounted = (id: string) => createHash('sha256').update(id).digest().readUInt8() % counted === 0;

export const countedSend = (message: Scoped & Pick<Message, 'id' | 'channel'>, now: string): Change[] => {
  const scope = scopeOf(message);
  return scope && message.channel === 'email' && isCounted(message.id)
    ? [add(healthOf(scope, now), { sent: counted })]
    : [];
};

type Health = { sent: number; bounced: number; complained: number };

const percent = (share: number) => `${Math.round(share * 10_000) / 100} %`;

/** one may be an accident */
const least = 2;

/** why sending has to stop, if it has to. Pure. */
export const pauseReason = (
  { sent, bounced, complained }: Health,
  { bounceRate, complaintRate, minimum }: NonNullable<MessagingRules['pause']> = usualPause,
): string | undefined => {
  const over = (count: number, rate: number, what: string) =>
    sent >= minimum && count >= least && count / sent >= rate
      ? `${count} of ${sent} ${what}: ${percent(count / sent)}, limit ${percent(rate)}`
      : undefined;
  return over(bounced, bounceRate, 'bounced') ?? over(complained, complaintRate, 'were marked as spam');
};

/** so many messages of the last day are counted one by one */
const mostRead = 500;

const recentIn = async (list: string, scope: string, store: Store) => {
  const since = minus(store.now, 'P1D');
  const { items, nextCursor } = await store.list(messages, 'state', list, { limit: mostRead });
  const recent = items.filter(({ createdAt }) => createdAt >= since);
  return {
    count: recent.filter(one => scopeOf(one) === scope).length,
    all: !nextCursor || recent.length < items.length,
  };
};

/** exact where a company sends little, else by the counters of yesterday and today */
const healthNow = async (scope: string, store: Store): Promise<Health> => {
  const [sent, bounced, complained] = await Promise.all([
    recentIn('sent', scope, store),
    recentIn('bounced', scope, store),
    recentIn('complained', scope, store),
  ]);
  if (sent.all) {
    const all = sent.count + bounced.count + complained.count;
    return { sent: all, bounced: bounced.count, complained: complained.count };
  }
  const days = [store.now, minus(store.now, 'P1D')].map(at => store.counters(healthOf(scope, at)));
  const [today = {}, yesterday = {}] = await Promise.all(days);
  const total = (name: keyof Health) => (today[name] ?? 0) + (yesterday[name] ?? 0);
  return { sent: total('sent'), bounced: total('bounced'), complained: total('complained') };
};

/** What a bounce or a complaint changes besides its message: it is counted, and may be one too many. */
export const pausing = async (message: Message, state: string, store: Store): Promise<Change[]> => {
  const scope = scopeOf(message);
  if (!scope || message.channel !== 'email' || (state !== 'bounced' && state !== 'complained')) return [];
  const count = add(healthOf(scope, store.now), { [state]: 1 });
  const [before, settings, health] = await Promise.all([
    store.get(pauses, { id: scope }),
    messagingSettings.of(store),
    healthNow(scope, store),
  ]);
  const after = { ...health, [state]: health[state] + 1 };
  const reason = before ? undefined : pauseReason(after, settings.pause);
  if (!reason) return [count];
  const { channel, topic, campaignId } = message;
  const data = { channel, ...(campaignId ? { campaignId } : { topic: topic ?? undefined }), reason };
  log('error', sendingStopped, { scope });
  return [count, put(pauses, { id: scope, at: store.now, ...data }), emit(sendingPaused, { about: scope, data })];
};
