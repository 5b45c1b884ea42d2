import { ApiError } from '../../shared/http/api-error.ts';
import type { Ctx } from '../../shared/http/context.ts';
import type { End } from '../end.ts';
import { mostDepth, parentsOf, parentType } from './parents.ts';

/** how an end of the type `parent` would fare: 'cycle' when its customer is above itself then, 'deep' when that cannot be told */
export const aboveItself = async (ctx: Pick<Ctx, 'store'>, end: End): Promise<'cycle' | 'deep' | undefined> => {
  const { customerId, with: parent, type, id } = end;
  if (type !== parentType) return undefined;
  let level = [parent as string];
  const seen = new Set(level);
  for (let depth = 0; level.length; depth++) {
    if (level.includes(customerId)) return 'cycle';
    if (depth === mostDepth) return 'deep';
    const above = await Promise.all(level.map(account => parentsOf(ctx, account, end)));
    level = [...new Set(above.flat().flatMap(one => (one.id === id ? [] : [one.with as string])))];
    level = level.filter(account => !seen.has(account));
    for (const account of level) seen.add(account);
  }
  return undefined;
};

/** refuses a parent that is below its own child, the `from` end given */
export const mustBeNoCycle = async (ctx: Pick<Ctx, 'store'>, end: End) => {
  const found = await aboveItself(ctx, end);
  if (found === 'cycle')
    throw new ApiError('conflict', 'hierarchy.cycle', 'this account is above that one already, on some of these days');
  if (found === 'deep')
    throw new ApiError('conflict', 'hierarchy.too-deep', `an account has at most ${mostDepth} others above it`);
};
