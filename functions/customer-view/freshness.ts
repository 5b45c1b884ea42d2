import * as z from 'zod';
import { Instant } from '../shared/http/contract.ts';
import type { Known } from './part.ts';

const Age = z.int().min(0).nullable().describe('seconds since the latest of it changed; null: there is none');

/** When the view was read, and how old what it shows was by then. */
export const Freshness = z.object({ asOf: Instant, ages: z.object({ customer: Age, timeline: Age, records: Age }) });

/** clocks of trackers may be ahead of ours */
const age = (now: string, at: string | undefined) =>
  at === undefined ? null : Math.max(0, Math.floor((Date.parse(now) - Date.parse(at)) / 1000));

const latest = (instants: string[]) => instants.sort().at(-1);

export const freshness = ({ now, customer, timeline, records }: Known): z.output<typeof Freshness> => ({
  asOf: now,
  ages: {
    customer: age(now, customer.updatedAt),
    timeline: age(now, timeline[0]?.occurredAt),
    records: age(now, latest(records.flatMap(({ doc }) => (doc as { updatedAt?: string }).updatedAt ?? []))),
  },
});
