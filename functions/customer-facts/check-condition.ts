import type * as z from 'zod';
import { rejectUnreadable } from '../customers/event-areas.ts';
import { hiddenFrom, rejectHidden } from '../customers/redact.ts';
import type { Condition } from '../shared/conditions/condition.ts';
import { type FieldError, invalid } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { namesKnownTo, type Unknown } from './known-names.ts';

/** Refuses what can never match, and warns in the reply of what matches nothing so far. */
export const refuseOrWarn = (found: Unknown[], { warnings }: Pick<Ctx, 'warnings'>) => {
  const once = [...new Map(found.map(one => [`${one.path} ${one.message}`, one])).values()];
  const errors: FieldError[] = once.filter(({ later }) => !later);
  if (errors.length) throw invalid(errors);
  warnings.push(...once.map(({ path, message }) => ({ path, message })));
};

/** Refuses a condition that names what does not exist, or whose result would reveal what the caller may not read. */
export const checkCondition = async (
  condition: Condition | undefined,
  path: string,
  ctx: Ctx,
  facts?: z.ZodType,
): Promise<void> => {
  if (!condition) return;
  const [names, hidden] = await Promise.all([namesKnownTo(ctx.store, [condition]), hiddenFrom(ctx)]);
  rejectHidden(hidden, condition);
  rejectUnreadable(ctx, condition);
  refuseOrWarn(names.inCondition(condition, path, facts), ctx);
};
