import { evaluate, type Facts } from '../../shared/conditions/condition.ts';
import { plus } from '../../shared/time/duration.ts';
import { advance, type Happened, keyIn } from './advance.ts';
import { newRun, refusalOf } from './enter-journey.ts';
import { lets } from './hear-event.ts';
import type { Journey } from './journey.ts';
import type { Run } from './run.ts';
import type { JourneyPlan } from './versions.ts';

export type Tried = { at: string; key: Run['key']; run: Run | null; reasons: string[] };

type Had = Pick<Run, 'state' | 'key' | 'trial' | 'startedAt'>;

type Simulated = {
  customerId: string;
  facts: Facts;
  /** in their order */
  events: Happened[];
  /** its runs of before */
  had: Had[];
  to: string;
  zone?: string | undefined;
};

/** What a customer's events would have brought about in a journey, in their order and with the waits between. Pure. */
export const simulate = (
  journey: Journey,
  plan: JourneyPlan,
  { customerId, facts, events, had, to, zone }: Simulated,
): Tried[] => {
  const tried: Tried[] = [];
  const underWay = () => tried.flatMap(one => (one.run?.state === 'running' ? [one as Tried & { run: Run }] : []));
  const at = (now: string) => ({ now, facts: { ...facts, now }, zone });

  const wakeUntil = (until: string) => {
    for (;;) {
      const due = underWay()
        .flatMap(one => one.run.wakes.map(time => ({ one, time })))
        .filter(({ time }) => time <= until)
        .sort((a, b) => (a.time < b.time ? -1 : 1))[0];
      if (!due) return;
      due.one.run = advance(plan, due.one.run, at(due.time)).run;
    }
  };

  const coolsUntil = () => {
    const last = [...had, ...tried.flatMap(({ run }) => run ?? [])]
      .map(({ startedAt }) => startedAt)
      .sort()
      .at(-1);
    return journey.cooldown && last ? plus(last, journey.cooldown) : undefined;
  };

  const enter = (event: Happened) => {
    const now = event.occurredAt;
    const key = journey.entry.key ? keyIn(event, journey.entry.key) : null;
    const runs = [...had, ...tried.flatMap(({ run }) => run ?? [])];
    const against = refusalOf(journey, { key }, { runs, coolsUntil: coolsUntil() }, now);
    const judged = journey.entry.if && evaluate(journey.entry.if, { ...facts, now });
    if (against !== undefined) return { at: now, key, run: null, reasons: [against] };
    if (judged && !judged.holds) return { at: now, key, run: null, reasons: judged.reasons };
    const run = newRun(now, journey, customerId, { cause: event.id, at: now, key, event });
    return { at: now, key, run: advance(plan, run, { ...at(now), event }).run, reasons: judged?.reasons ?? [] };
  };

  for (const event of events) {
    wakeUntil(event.occurredAt);
    for (const one of underWay()) one.run = advance(plan, one.run, { ...at(event.occurredAt), event }).run;
    if (lets(journey, event)) tried.push(enter(event));
  }
  wakeUntil(to);
  return tried;
};
