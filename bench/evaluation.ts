import { newId } from '../events/ids.ts';
import { matchingTriggers } from '../functions/automation/matching-triggers.ts';
import { type ActiveTrigger, activeTriggers } from '../functions/automation/trigger.ts';
import { indexKeys } from '../functions/shared/events/event-index.ts';
import { type Ctx, ctxOf } from '../functions/shared/http/context.ts';
import { bareStore } from './bare-store.ts';
import type { Counter } from './counter.ts';
import { busEvents, rules, seeded } from './rules.ts';

const now = '2026-11-22T08:00:00.000Z';

/** triggers as they are filed when they are activated: ten thousand through the front door would take minutes */
const file = async ({ store }: Ctx, patterns: ReturnType<typeof rules>) => {
  const filings = patterns.map(({ pattern }) => {
    const trigger = { id: newId('trigger', now), version: 1, name: 'bench', when: pattern, channels: { 0: 'email' } };
    const send = { templateId: newId('template', now), topic: 'news' };
    const definition = { ...trigger, if: undefined, then: [{ send }] } as ActiveTrigger;
    return { id: trigger.id, keys: indexKeys(pattern), definition };
  });
  const changes = filings.flatMap(one => activeTriggers.changes(undefined, one)).filter(one => one.do === 'put');
  for (let at = 0; at < changes.length; at += 100) await store.commit(changes.slice(at, at + 100));
};

export type Evaluation = { triggers: number; calls: number; read: number; matched: number };

const evaluate = async ({ taken }: Pick<Counter, 'taken'>, triggers: number, names: number): Promise<Evaluation> => {
  const ctx = ctxOf({ tenant: `bench-${triggers}`, actor: 'bench', now });
  await file(ctx, rules(triggers, names, seeded(1)));
  taken();
  const events = busEvents(100, names, seeded(2));
  let matched = 0;
  for (const event of events) {
    const { source, 'detail-type': type, detail } = JSON.parse(event);
    matched += (await matchingTriggers(ctx, { source, type, ...detail })).length;
  }
  const calls = taken();
  const read = calls.reduce((sum, call) => sum + call.read, 0);
  return {
    triggers,
    calls: calls.length / events.length,
    read: read / events.length,
    matched: matched / events.length,
  };
};

/** The requests to the store for an event when so many triggers are active, ten of them on each event name. */
export const evaluations = async (counts: number[]): Promise<Evaluation[]> => {
  const store = await bareStore();
  try {
    const found: Evaluation[] = [];
    for (const triggers of counts) found.push(await evaluate(store, triggers, triggers / 10));
    return found;
  } finally {
    await store.close();
  }
};
