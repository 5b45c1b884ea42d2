import { customers, displayName, type StoredCustomer } from '../customers/customer.ts';
import { hiddenFrom, redact } from '../customers/redact.ts';
import type { Ctx } from '../shared/http/context.ts';
import { mapConcurrent } from '../shared/map-concurrent.ts';
import { type End, overlap, type Period, type Side } from './end.ts';
import { hierarchyCycle, hierarchyTooDeep } from './errors.ts';
import { endsOfType, type Reads } from './same-type.ts';

/** the type of relationship that makes accounts a tree */
export const parentType = 'parent';

/** levels that are followed from an account, up or down */
const mostDepth = 20;

/** how many accounts are expanded at a time */
export const concurrency = 10;

const along = (reads: Reads, customerId: string, side: Side, period: Period): Promise<End[]> =>
  endsOfType(reads, { customerId, type: parentType, keep: end => end.side === side && overlap(end, period) });

const parentsOf = (ctx: Reads, customerId: string, period: Period) => along(ctx, customerId, 'from', period);
const childrenOf = (ctx: Reads, customerId: string, period: Period) => along(ctx, customerId, 'to', period);

/** whether a `from` end of the type `parent` would put its customer above itself; 'deep' where that cannot be determined */
export const aboveItself = async (ctx: Reads, end: End): Promise<'cycle' | 'deep' | undefined> => {
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

export const mustBeNoCycle = async (ctx: Reads, end: End) => {
  const found = await aboveItself(ctx, end);
  if (found === 'cycle') throw hierarchyCycle();
  if (found === 'deep') throw hierarchyTooDeep();
};

export type Account = { id: string; parentId: string | null; depth: number };

/** An account and those below it on a day, level by level, each once; `more`: there are more than `limit`, or more levels. */
export const subtree = async (ctx: Reads, root: string, { on, limit }: { on: string; limit: number }) => {
  const found: Account[] = [{ id: root, parentId: null, depth: 0 }];
  const seen = new Set([root]);
  let level = found;
  for (let depth = 1; level.length && found.length <= limit; depth++) {
    const below = await mapConcurrent(level, concurrency, ({ id }) => childrenOf(ctx, id, { from: on, until: on }));
    const next = below.flat().flatMap(({ customerId, with: id }): Account[] => {
      if (seen.has(id)) return [];
      seen.add(id);
      return [{ id, parentId: customerId, depth }];
    });
    if (next.length && depth > mostDepth) return { accounts: found.slice(0, limit), more: true };
    found.push(...next);
    level = next;
  }
  return { accounts: found.slice(0, limit), more: found.length > limit };
};

/** the accounts above one on a day, nearest first */
export const ancestors = async (ctx: Reads, id: string, on: string): Promise<Account[]> => {
  const found: Account[] = [];
  const seen = new Set([id]);
  let at: string | undefined = id;
  for (let depth = -1; at && depth >= -mostDepth; depth--) {
    const [above] = await parentsOf(ctx, at, { from: on, until: on });
    at = above && !seen.has(above.with) ? above.with : undefined;
    if (!at) break;
    seen.add(at);
    found.push({ id: at, parentId: null, depth });
  }
  return found.map((account, nth) => ({ ...account, parentId: found[nth + 1]?.id ?? null }));
};

export const withNames = async <A extends Account>(ctx: Ctx, accounts: A[]): Promise<(A & { name: string })[]> => {
  const ids = accounts.map(({ id }) => id);
  const [found, hidden] = await Promise.all([ctx.store.getByIds(customers, ids), hiddenFrom(ctx)]);
  const byId = new Map<string, StoredCustomer>(found.map(customer => [customer.id, redact(customer, hidden)]));
  return accounts.map(account => ({ ...account, name: displayName(byId.get(account.id) ?? {}) }));
};
