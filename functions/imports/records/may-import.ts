import { ApiError } from '../../shared/http/api-error.ts';
import type { Ctx } from '../../shared/http/context.ts';
import type { Of } from './record-paths.ts';

const needed = (of: Of | undefined, does: 'read' | 'write') =>
  `${of && of !== 'customers' ? 'sales' : 'customers'}.${does}`;

export const mayImport = (of: Of | undefined, does: 'read' | 'write', { scopes }: Pick<Ctx, 'scopes'>) =>
  scopes.has(needed(of, does));

/** refuses those who may not read or write what the rows of a file are of */
export const mustBeAllowed = (of: Of | undefined, does: 'read' | 'write', ctx: Pick<Ctx, 'scopes'>) => {
  if (mayImport(of, does, ctx)) return;
  throw new ApiError('forbidden', 'scope.missing', `this needs the scope ${needed(of, does)}`);
};
