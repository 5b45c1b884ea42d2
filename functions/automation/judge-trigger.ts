import { evaluate, type Facts } from '../shared/conditions/condition.ts';
import type { IndexedTrigger } from './trigger.ts';

export type Judged = { trigger: IndexedTrigger; fires: boolean; reasons: string[] };

/** Whether a matching trigger fires for a customer, and why. Pure. */
export const judge = (trigger: IndexedTrigger, type: string, facts: Facts): Judged => {
  const matched = `${type} matches trigger "${trigger.name}"`;
  if (!trigger.if) return { trigger, fires: true, reasons: [matched] };
  const { holds, reasons } = evaluate(trigger.if, facts);
  return { trigger, fires: holds, reasons: [matched, ...reasons] };
};
