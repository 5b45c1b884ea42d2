import * as z from 'zod';
import { exactlyOne, line, Slug } from '../../shared/fields.ts';
import type { FieldError } from '../../shared/http/api-error.ts';
import { stamps } from '../../shared/http/contract.ts';
import { entity } from '../../shared/store/entity.ts';
import { CasePatch, CaseText, Tag, Target } from '../cases/case-fields.ts';
import { Key } from './fields.ts';

const Body = z.strictObject({ body: CaseText });

/** what is done to a case: by a macro, or when a due time comes near or is missed */
export const CaseAction = exactlyOne({
  set: CasePatch.optional(),
  tag: Tag.optional(),
  note: Body.optional(),
  reply: Body.optional(),
  assign: Target.optional(),
  resolve: z.union([z.literal(true), z.strictObject({ resolution: CaseText.optional() })]).optional(),
  macro: Key.optional(),
  raise: z.literal(true).describe('Raises the priority by one.').optional(),
});
export type CaseAction = z.output<typeof CaseAction>;

export const EscalationAction = exactlyOne({
  ...CaseAction.shape,
  notify: z.strictObject({ team: Slug }).optional(),
});
export type EscalationAction = z.output<typeof EscalationAction>;

export const MacroFields = z.strictObject({ name: line(200), actions: z.array(CaseAction).min(1).max(50) });

/** Actions on a case under one name. */
export const Macro = z.object({ id: Key, ...MacroFields.shape, ...stamps });
export type Macro = z.output<typeof Macro>;

export const macros = entity('macro', Macro, {
  onErase: 'not-personal',
  key: ({ id }: { id: string }) => ({ of: ['macro', 'all'], part: id }),
});

const mostActions = 50;

type Expansion = { actions: EscalationAction[]; faults: FieldError[] };

/** The actions with those of the macros they name in their places; a ring, and a macro that does not exist, are faults. */
export const expanded = (
  actions: EscalationAction[],
  all: Pick<Macro, 'id' | 'actions'>[],
  { within = [], path = 'actions' }: { within?: string[]; path?: string } = {},
): Expansion => {
  const parts = actions.map((action, nth): Expansion => {
    const { macro: id } = action;
    if (id === undefined) return { actions: [action], faults: [] };
    const place = `${path}.${nth}.macro`;
    const fault = (message: string) => ({ actions: [], faults: [{ path: place, message }] });
    if (within.includes(id)) return fault(`would run in a ring: ${[...within, id].join(' -> ')}`);
    const macro = all.find(one => one.id === id);
    if (!macro) return fault(`the macro ${id} does not exist`);
    const inner = expanded(macro.actions, all, { within: [...within, id], path });
    return { actions: inner.actions, faults: inner.faults.map(({ message }) => ({ path: place, message })) };
  });
  const found = parts.flatMap(part => part.actions);
  const faults = parts.flatMap(part => part.faults);
  const resolve = found.findIndex(action => action.resolve !== undefined);
  const late = found.findIndex((action, nth) => resolve >= 0 && nth > resolve && (action.assign ?? action.resolve));
  if (!faults.length && found.length > mostActions) {
    faults.push({
      path,
      message: `are ${found.length} with those of the macros they name; the limit is ${mostActions}`,
    });
  }
  if (!faults.length && late >= 0)
    faults.push({ path, message: 'cannot assign or resolve a case after it is resolved' });
  return { actions: found, faults };
};
