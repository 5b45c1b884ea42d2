import { evaluate, type Facts } from '../shared/conditions/condition.ts';
import type { Ctx } from '../shared/http/context.ts';
import { compile } from '../shared/patterns/pattern.ts';
import { type ActiveTrigger, activeTriggers } from './trigger.ts';

type Event = { type: string; source: string; id: string; data: unknown };

const mostCompiled = 5_000;
const compiled = new Map<string, ReturnType<typeof compile>>();

const matcherOf = (tenant: string, { id, version, when }: ActiveTrigger) => {
  const key = `${tenant} ${id} ${version}`;
  const matcher = compiled.get(key) ?? compile(when);
  if (compiled.size >= mostCompiled) compiled.clear();
  compiled.set(key, matcher);
  return matcher;
};

/** The active triggers that match an event: one query per key of the event, whatever the number of triggers. */
export const matchingTriggers = async ({ store, tenant }: Ctx, event: Event) => {
  const { type, source, ...detail } = event;
  const busEvent = { source, 'detail-type': type, detail };
  const concerned = await activeTriggers.concerned(store, event);
  return concerned.filter(trigger => matcherOf(tenant, trigger)(busEvent));
};

export type Judged = { trigger: ActiveTrigger; fires: boolean; reasons: string[] };

/** Whether a matching trigger fires for a customer, and why. Pure. */
export const judge = (trigger: ActiveTrigger, type: string, facts: Facts): Judged => {
  const matched = `${type} matches trigger "${trigger.name}"`;
  if (!trigger.if) return { trigger, fires: true, reasons: [matched] };
  const { holds, reasons } = evaluate(trigger.if, facts);
  return { trigger, fires: holds, reasons: [matched, ...reasons] };
};
