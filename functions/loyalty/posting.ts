import * as z from 'zod';
import { PostingKind } from '../../events/points.ts';
import { Key } from '../shared/fields.ts';
import { Instant } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import { shardedCounters } from '../shared/store/sharded-counters.ts';

const Side = z.enum(['member', 'held', 'issued', 'redeemed', 'expired', 'adjusted', 'forfeited']);
type Side = z.output<typeof Side>;

const Entry = z.object({ account: Side, customerId: z.string().optional(), points: z.int() });

/** A change of points: entries that add up to zero. */
export const Posting = z.object({
  programmeId: Key,
  customerId: z.string(),
  kind: PostingKind,
  reference: z.string(),
  points: z.int(),
  at: Instant,
  /** the order that it was earned by */
  about: z.string().optional(),
  /** the rule that it was earned by, and the points of it that were taken back */
  rule: z.int().optional(),
  by: z.string(),
  entries: z.array(Entry),
});
export type Posting = z.output<typeof Posting>;

// what was posted stays in the books; of an erased customer they have the id alone
export const postings = entity('loyalty-posting', Posting, {
  onErase: 'not-personal',
  key: ({
    programmeId,
    customerId,
    kind,
    reference,
  }: Pick<Posting, 'programmeId' | 'customerId' | 'kind' | 'reference'>) => ({
    of: ['loyalty-posting', `${programmeId}#${customerId}`],
    part: `${kind}#${reference}`,
  }),
  lists: {
    programme: {
      by: ({ programmeId }) => programmeId,
      sort: ({ at, reference }) => `${at}#${reference}`,
      shards: 4,
      spread: ({ customerId }) => customerId,
    },
    member: {
      by: ({ programmeId, customerId }) => `${programmeId}#${customerId}`,
      sort: ({ at, reference }) => `${at}#${reference}`,
    },
  },
});

/** what a programme owes and gave, by account */
export const totals = shardedCounters('loyalty-totals', 4);

/** `points` from one account to another */
export const entriesOf = (
  points: number,
  [from, to]: [Side, Side],
  customerId: string,
  toCustomerId: string = customerId,
): Posting['entries'] => {
  const entry = (account: Side, amount: number, id: string) =>
    account === 'member' || account === 'held'
      ? { account, customerId: id, points: amount }
      : { account, points: amount };
  return [entry(from, -points, customerId), entry(to, points, toCustomerId)];
};
