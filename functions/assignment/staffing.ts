import * as z from 'zod';
import { invalid } from '../shared/http/api-error.ts';
import { durationMs, FixedDuration } from '../shared/time/duration.ts';

const most = 10_000;

const isLong = (text: string) => !FixedDuration.safeParse(text).success || durationMs(text) > 0;
const Time = FixedDuration.refine(isLong, 'must be longer than nothing');

export const StaffingQuestion = z.strictObject({
  arrivals: z.number().positive().max(1_000_000).describe('How many arrive in an interval.'),
  interval: Time,
  handleTime: Time,
  patience: Time.describe('How long they wait on average before they give up; without: for ever.').optional(),
  serviceLevel: z
    .strictObject({ within: FixedDuration, share: z.number().gt(0).lt(1) })
    .describe('The share of arrivals that is to be answered within a time.'),
  agents: z
    .int()
    .min(1)
    .max(most)
    .describe('So many are judged; without: the fewest that suffice are sought.')
    .optional(),
});

export const Staffing = z.object({
  agents: z.int(),
  serviceLevel: z.number(),
  occupancy: z.number(),
  averageWait: z.number().describe('In seconds.'),
  abandoned: z.number().optional(),
});
type Staffing = z.output<typeof Staffing>;

/** per second: arrivals, the work that one agent does, and how fast one who waits gives up */
export type Load = { arrivals: number; rate: number; leaving?: number | undefined; within: number };

/** Erlang B: the share of arrivals that agents without a queue turn away */
export const blocked = (load: number, agents: number) => {
  let share = 1;
  for (let k = 1; k <= agents; k++) share = (load * share) / (k + load * share);
  return share;
};

const rounding = 1e-12;

/** Erlang C, as in Koole, Call Center Optimization, chapter 2; null: more arrives than can be done */
export const erlangC = ({ arrivals, rate, within }: Load, agents: number) => {
  const load = arrivals / rate;
  if (agents <= load * (1 + rounding)) return null;
  const b = blocked(load, agents);
  const waits = b / (1 - (load / agents) * (1 - b));
  const spare = (agents - load) * rate;
  const serviceLevel = 1 - waits * Math.exp(-spare * within);
  return { agents, waits, serviceLevel, occupancy: load / agents, averageWait: waits / spare };
};

const steps = 4000;

/** by Simpson's rule */
const integral = (of: (x: number) => number, to: number) => {
  const width = to / steps;
  let sum = of(0) + of(to);
  for (let k = 1; k < steps; k++) sum += of(k * width) * (k % 2 ? 4 : 2);
  return (sum * width) / 3;
};

/** Erlang A (M/M/N+M) by the density of the offered wait, as in Zeltyn and Mandelbaum, Call centers with impatient customers (2005) */
export const erlangA = ({ arrivals, rate, within, leaving }: Load & { leaving: number }, agents: number) => {
  const [load, capacity] = [arrivals / rate, agents * rate];
  const growth = (x: number) => (arrivals / leaving) * -Math.expm1(-leaving * x) - capacity * x;
  const top = Math.max(0, growth(Math.max(0, Math.log(arrivals / capacity)) / leaving));
  const density = (x: number) => Math.exp(growth(x) - top);
  let end = 1 / capacity;
  while (density(end) > 1e-17 || growth(end) > growth(end / 2)) end *= 2;
  const free = Math.exp(-top);
  const coming = arrivals * blocked(load, agents - 1);
  const offered = integral(density, end);
  const all = free + coming * offered;
  const lost = integral(x => density(x) * -Math.expm1(-leaving * x), end);
  const inTime = integral(x => density(x) * Math.exp(-leaving * x), Math.min(within, end));
  const abandoned = (coming * lost) / all;
  return {
    agents,
    waits: (coming * offered) / all,
    serviceLevel: (free + coming * inTime) / all,
    occupancy: (load * (1 - abandoned)) / agents,
    averageWait: abandoned / leaving,
    abandoned,
  };
};

const judged = (load: Load, agents: number) =>
  load.leaving === undefined ? erlangC(load, agents) : erlangA({ ...load, leaving: load.leaving }, agents);

/** the fewest agents that reach a service level: it rises with their number */
const fewest = (load: Load, share: number): number | null => {
  let [low, high] = [1, most + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((judged(load, middle)?.serviceLevel ?? 0) >= share) high = middle;
    else low = middle + 1;
  }
  return low > most ? null : low;
};

export const staffingFor = (question: z.output<typeof StaffingQuestion>): Staffing => {
  const { patience, serviceLevel, agents } = question;
  const [interval, handled, within] = [question.interval, question.handleTime, serviceLevel.within].map(
    time => durationMs(time) / 1000,
  ) as [number, number, number];
  const leaving = patience === undefined ? undefined : 1000 / durationMs(patience);
  const load = { arrivals: question.arrivals / interval, rate: 1 / handled, leaving, within };
  const needed = agents ?? fewest(load, serviceLevel.share);
  if (!needed) throw invalid([{ path: 'arrivals', message: `more than ${most} agents would be needed` }]);
  const found = judged(load, needed);
  if (found) return found;
  const busy = load.arrivals / load.rate;
  throw invalid([{ path: 'agents', message: `must be more than ${busy}, or the queue grows without end` }]);
};
