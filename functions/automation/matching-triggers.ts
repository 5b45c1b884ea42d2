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
  const matched = `${type} matches trigger "${trigger.name}", revision ${trigger.revision}`;
  if (!trigger.if) return { trigger, fires: true, reasons: [matched] };
  const { holds, reasons } = evaluate(trigger.if, facts);
  return { trigger, fires: holds, reasons: [matched, ...reasons] };
};

/** one that left the customer alone for as long as it says */
export const afterCooldown = (judged: Judged, coolsUntil: string | undefined, now: string): Judged =>
  judged.fires && coolsUntil !== undefined && coolsUntil > now
    ? { ...judged, fires: false, reasons: [...judged.reasons, `it acted before: cools down until ${coolsUntil}`] }
    : judged;

const first = (a: Judged, b: Judged) =>
  (b.trigger.priority ?? 0) - (a.trigger.priority ?? 0) || (a.trigger.id < b.trigger.id ? -1 : 1);

/** Of the triggers of one exclusive group the first that fires acts on an event. Pure. */
export const withinGroups = (judged: Judged[]): Judged[] => {
  const winners = new Map<string, Judged>();
  for (const one of judged.filter(({ fires }) => fires).toSorted(first)) {
    const { exclusive } = one.trigger;
    if (exclusive !== undefined && !winners.has(exclusive)) winners.set(exclusive, one);
  }
  return judged.map(one => {
    const winner = one.trigger.exclusive === undefined ? undefined : winners.get(one.trigger.exclusive);
    if (!one.fires || !winner || winner === one) return one;
    const why = `trigger "${winner.trigger.name}" acts instead: of ${one.trigger.exclusive} only one does`;
    return { ...one, fires: false, reasons: [...one.reasons, why] };
  });
};
