import * as z from 'zod';
import { customerPage, type timelineBetween } from '../customers/reads.ts';
import type { Ctx } from '../shared/http/context.ts';
import { Instant, paging } from '../shared/http/contract.ts';
import { toIso, toMs } from '../shared/time/duration.ts';

/** of a customer */
export const mostEvents = 500;
const perPage = 20;

/** the rest is left to the next request, while there is time to reply */
const leastTime = 5_000;

export const replayQuery = z.strictObject({
  ...paging,
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(500)
    .describe('customers that are looked at; fewer where the time of a request does not suffice'),
  examples: z.coerce.number().int().min(1).max(100).default(20).describe('of each outcome and reason'),
});

export const ReplayedTime = z
  .strictObject({ from: Instant, to: Instant })
  .refine(({ from, to }) => from < to, { path: ['to'], message: 'must be after from' });
export type Span = { from: string; to: string };

export const replayExample = { from: '2026-11-01T00:00:00.000Z', to: '2026-11-30T00:00:00.000Z' };

export const spanOf = ({ from, to }: Span): Span => ({ from: toIso(toMs(from)), to: toIso(toMs(to)) });

/** how many came out how and why, the most first */
export const countsBy = <Outcome extends z.ZodType>(outcome: Outcome) =>
  z.array(z.object({ outcome, reason: z.string().nullable(), count: z.int() }));

/** what a page covered; `cut`: customers with more events in that time than were read */
export const Evaluated = z.object({ customers: z.int(), events: z.int(), cut: z.array(z.string()) });

/** what was read of a customer */
export const seenOf = (customerId: string, { events, more }: Awaited<ReturnType<typeof timelineBetween>>) => ({
  events: events.length,
  cut: more ? [customerId] : [],
});

type Seen = ReturnType<typeof seenOf>;

/** Replays customer after customer, as far as a request goes. */
export const replayAll = async <Replayed extends Seen>(
  { limit, cursor }: { limit: number; cursor?: string | undefined },
  one: (customerId: string) => Promise<Replayed>,
  { store, timeLeft }: Ctx,
) => {
  const found: Replayed[] = [];
  let nextCursor: string | null = cursor ?? null;
  do {
    const asked = { limit: Math.min(perPage, limit - found.length), cursor: nextCursor ?? undefined };
    const page = await customerPage(store, asked);
    found.push(...(await Promise.all(page.items.map(({ id }) => one(id)))));
    nextCursor = page.nextCursor;
  } while (nextCursor && found.length < limit && timeLeft() > leastTime);
  const events = found.reduce((sum, seen) => sum + seen.events, 0);
  return { found, nextCursor, evaluated: { customers: found.length, events, cut: found.flatMap(({ cut }) => cut) } };
};
