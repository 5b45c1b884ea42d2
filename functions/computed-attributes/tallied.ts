import * as z from 'zod';
import type { Operation } from '../customers/attributes/definition.ts';
import { Instant } from '../shared/http/contract.ts';

/** what an event brings: its time, its id, and the value at the path where there is one */
export const Brought = z.object({ at: Instant, id: z.string(), value: z.json() });
export type Brought = z.output<typeof Brought>;

/** What events come to. Any order of them, and any grouping, comes to the same. */
export const Tallied = z.object({
  count: z.int().min(1),
  /** in billionths, written out: sums of fractions would depend on their order */
  sum: z.string().optional(),
  /** the latest of them */
  at: Instant,
  /** the event whose value stands, where it is one event's */
  one: Brought.optional(),
});
export type Tallied = z.output<typeof Tallied>;

const billion = 1_000_000_000;

/** what there is no order of counts by its words: two events of one instant by their ids */
const compared = (a: unknown, b: unknown) => {
  if (a === b) return 0;
  return (a as string) < (b as string) ? -1 : 1;
};

const byTime = (a: Brought, b: Brought) => compared(a.at, b.at) || compared(a.id, b.id);
const byValue = (a: Brought, b: Brought) => compared(a.value, b.value);

/** whether the first of two events is the one whose value stands; of two of one value it is the earlier */
const standsBefore: Partial<Record<Operation, (a: Brought, b: Brought) => boolean>> = {
  first: (a, b) => byTime(a, b) < 0,
  last: (a, b) => byTime(a, b) > 0,
  min: (a, b) => (byValue(a, b) || byTime(a, b)) < 0,
  max: (a, b) => (byValue(b, a) || byTime(a, b)) < 0,
};

const sums = (operation: Operation) => operation === 'sum' || operation === 'average';

/** what one event comes to */
export const talliedOf = (operation: Operation, brought: Brought): Tallied => ({
  count: 1,
  at: brought.at,
  ...(sums(operation) ? { sum: String(BigInt(Math.round(Number(brought.value) * billion))) } : {}),
  ...(standsBefore[operation] ? { one: brought } : {}),
});

/** what two groups of events come to together */
export const together = (operation: Operation, a: Tallied, b: Tallied): Tallied => {
  const stands = standsBefore[operation];
  return {
    count: a.count + b.count,
    at: compared(a.at, b.at) < 0 ? b.at : a.at,
    ...(a.sum !== undefined && b.sum !== undefined ? { sum: String(BigInt(a.sum) + BigInt(b.sum)) } : {}),
    ...(stands && a.one && b.one ? { one: stands(b.one, a.one) ? b.one : a.one } : {}),
  };
};

/** the value of an attribute, and when it came to be so */
export type Value = { value: unknown; at: string };

const asNumber = (billionths: bigint) => Number(billionths) / billion;

export const valueFrom = (operation: Operation, { count, sum = '0', at, one }: Tallied): Value => {
  if (operation === 'count') return { value: count, at };
  if (operation === 'sum') return { value: asNumber(BigInt(sum)), at };
  if (operation === 'average') return { value: asNumber(BigInt(sum) / BigInt(count)), at };
  return { value: one?.value, at: one?.at ?? at };
};
