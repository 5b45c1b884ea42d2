import { evaluate, type Facts } from '../shared/conditions/condition.ts';
import { eventKeys } from '../shared/events/event-index.ts';
import type { Ctx } from '../shared/http/context.ts';
import { compile } from '../shared/patterns/pattern.ts';
import { everyRecord } from '../shared/store/record-page.ts';
import type { Store } from '../shared/store/store.ts';
import { type IndexedTrigger, indexedTriggers, indexPartition } from './trigger.ts';

type Event = { type: string; source: string; id: string; data: unknown };

const indexed = (store: Store, key: string): Promise<IndexedTrigger[]> =>
  Array.fromAsync(everyRecord(store, indexedTriggers, indexPartition(key)));

const mostCompiled = 5_000;
const compiled = new Map<string, ReturnType<typeof compile>>();

const matcherOf = (tenant: string, { id, version, when }: IndexedTrigger) => {
  const key = `${tenant} ${id} ${version}`;
  const matcher = compiled.get(key) ?? compile(when);
  if (compiled.size >= mostCompiled) compiled.clear();
  compiled.set(key, matcher);
  return matcher;
};

/** The active triggers that match an event: one query per key of the event, whatever the number of triggers. */
export const matchingTriggers = async ({ store, tenant }: Ctx, { type, source, ...detail }: Event) => {
  const busEvent = { source, 'detail-type': type, detail };
  const candidates = (await Promise.all(eventKeys(busEvent).map(key => indexed(store, key)))).flat();
  const distinct = new Map(candidates.map(trigger => [trigger.id, trigger]));
  return [...distinct.values()].filter(trigger => matcherOf(tenant, trigger)(busEvent));
};

export type Judged = { trigger: IndexedTrigger; fires: boolean; reasons: string[] };

/** Whether a matching trigger fires for a customer, and why. Pure. */
export const judge = (trigger: IndexedTrigger, type: string, facts: Facts): Judged => {
  const matched = `${type} matches trigger "${trigger.name}"`;
  if (!trigger.if) return { trigger, fires: true, reasons: [matched] };
  const { holds, reasons } = evaluate(trigger.if, facts);
  return { trigger, fires: holds, reasons: [matched, ...reasons] };
};
