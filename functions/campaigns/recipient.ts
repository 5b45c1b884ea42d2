import * as z from 'zod';
import { CustomerId } from '../../events/ids.ts';
import { Money } from '../../events/money.ts';
import type { Ctx } from '../shared/http/context.ts';
import { Instant } from '../shared/http/contract.ts';
import { type Change, insert, remove, sumOf } from '../shared/store/changes.ts';
import { entity } from '../shared/store/entity.ts';
import type { MergedPart, Merging } from '../shared/store/merge.ts';
import { shardedCounters } from '../shared/store/sharded-counters.ts';
import { plus } from '../shared/time/duration.ts';
import { CampaignId } from './campaign.ts';

export const marks = [
  'sent',
  'delivered',
  'opened',
  'clicked',
  'bounced',
  'complained',
  'unsubscribed',
  'skipped',
  'failed',
] as const;
export type Mark = (typeof marks)[number];

const Reached = z.object({ at: Instant, value: Money.optional() });
export type Reached = z.output<typeof Reached>;

/** A customer in the audience of a campaign: in the customer's partition, where its events find it. */
export const Recipient = z.object({
  customerId: CustomerId,
  campaignId: CampaignId,
  /** the name of a variant, or control */
  arm: z.string(),
  /** the customer as it was when the group was drawn */
  drawnAs: CustomerId,
  /** when the message was sent, or would have been */
  at: Instant.optional(),
  marks: z.array(z.enum(marks)),
  /** events of the goal that may turn out to be in time */
  goals: z.array(Reached).optional(),
  converted: Reached.optional(),
  version: z.int().min(1),
});
export type Recipient = z.output<typeof Recipient>;

export const recipients = entity('campaign-recipient', Recipient, {
  onErase: 'delete',
  area: 'campaigns',
  onMerge: {
    merge: (...args) => merge(...args),
    undo: (...args) => undoMerge(...args),
    counted: 'campaigns',
  },
  key: ({ customerId, campaignId }: Pick<Recipient, 'customerId' | 'campaignId'>) => ({
    of: ['customer', customerId],
    part: `campaign#${campaignId}`,
  }),
});

/** Some recipients who are due together: what one transaction requests the messages of. */
const Shard = z.object({
  campaignId: CampaignId,
  dueAt: Instant,
  members: z.array(z.object({ customerId: CustomerId, arm: z.string(), spared: z.string().optional() })).min(1),
  /** how many of them are done with */
  done: z.int(),
  version: z.int().min(1),
});
export type Shard = z.output<typeof Shard>;

export const shards = entity('campaign-shard', Shard, {
  onErase: 'not-personal',
  key: ({ campaignId, dueAt, members }: Pick<Shard, 'campaignId' | 'dueAt' | 'members'>) => ({
    of: ['campaign', campaignId],
    part: `shard#${dueAt}#${members[0]?.customerId}`,
  }),
});

export const shardParts = { from: 'shard#', to: 'shard$' };

/** what a recipient counts for; the results of a campaign are the sums over its recipients */
export const countsOf = (recipient: Recipient | undefined): Record<string, number> => {
  if (!recipient) return {};
  const { arm, converted } = recipient;
  const { amount, currency } = converted?.value ?? {};
  return {
    [`${arm}.audience`]: 1,
    ...Object.fromEntries(recipient.marks.map(mark => [`${arm}.${mark}`, 1])),
    ...(converted ? { [`${arm}.converted`]: 1 } : {}),
    ...(amount ? { [`${arm}.revenue.${currency}`]: amount } : {}),
  };
};

export const campaignResults = shardedCounters('campaign-results', 16);

const opposite = (counts: Record<string, number>) =>
  Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, -count]));

/** what changes in the results with a recipient */
export const recounted = (before: Recipient | undefined, after: Recipient | undefined): Change[] => {
  const { campaignId, customerId } = (after ?? before) as Recipient;
  return campaignResults.add(campaignId, customerId, sumOf([countsOf(after), opposite(countsOf(before))]));
};

/** what a report says beyond itself, whatever was reported before */
const implied: Record<Mark, Mark[]> = {
  sent: ['sent'],
  delivered: ['sent', 'delivered'],
  opened: ['sent', 'delivered', 'opened'],
  clicked: ['sent', 'delivered', 'opened', 'clicked'],
  bounced: ['sent', 'bounced'],
  complained: ['sent', 'delivered', 'complained'],
  unsubscribed: ['unsubscribed'],
  skipped: ['skipped'],
  failed: ['failed'],
};

const mostGoals = 20;

/** the first event of the goal that is in time makes the conversion, once */
const judged = (recipient: Recipient, within: string | undefined): Recipient => {
  const { at, goals = [], converted, ...others } = recipient;
  if (converted || !at || !within) return recipient;
  const until = plus(at, within);
  const first = goals.filter(goal => goal.at >= at && goal.at <= until).sort((a, b) => (a.at < b.at ? -1 : 1))[0];
  return { ...others, at, ...(first ? { converted: first } : { goals }) };
};

/** A recipient after a report on its message, or after the time at which it would have got one. Pure. */
export const reported = (before: Recipient, at: string, mark: Mark | undefined, within?: string): Recipient => {
  const known = new Set([...before.marks, ...(mark ? implied[mark] : [])]);
  const after = { ...before, at: before.at ?? at, marks: marks.filter(one => known.has(one)) };
  return judged(after, within);
};

/** A recipient after an event of the campaign's goal. Pure. */
export const reaching = (before: Recipient, goal: Reached, within: string): Recipient => {
  if (before.converted) return before;
  const known = before.goals ?? [];
  const isKnown = known.some(({ at }) => at === goal.at);
  return judged({ ...before, goals: isKnown ? known : [...known, goal].slice(-mostGoals) }, within);
};

/** `had`: the customer that stays was in the audience itself */
type Undo = { recipient: Recipient; had: boolean };

const merge: MergedPart<Recipient>['merge'] = async (recipient, into, { store }) => {
  const had = (await store.get(recipients, { ...recipient, customerId: into })) !== undefined;
  const moved = had ? recounted(recipient, undefined) : [insert(recipients, { ...recipient, customerId: into })];
  return { changes: [remove(recipients, recipient), ...moved], undo: { recipient, had } satisfies Undo };
};

const undoMerge = async (undo: unknown, { into }: Merging, { store }: Ctx): Promise<Change[]> => {
  const { recipient, had } = undo as Undo;
  const is = await store.get(recipients, { ...recipient, customerId: into });
  if (!is) return [];
  if (had) return [insert(recipients, recipient), ...recounted(undefined, recipient)];
  return [remove(recipients, is), insert(recipients, { ...is, customerId: recipient.customerId })];
};
