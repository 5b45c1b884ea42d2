import { customers, displayName, type StoredCustomer } from '../../customers/customer.ts';
import { hiddenFrom, redact } from '../../customers/redact.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { childrenOf, mostDepth, parentsOf } from './parents.ts';

type Reading = Pick<Ctx, 'store'>;

export type Account = { id: string; parentId: string | null; depth: number };

/** how many accounts are asked for their children at a time */
const abreast = 10;

export const eachOf = async <T, R>(all: T[], ask: (one: T) => Promise<R>): Promise<R[]> => {
  const found: R[] = [];
  for (let at = 0; at < all.length; at += abreast)
    found.push(...(await Promise.all(all.slice(at, at + abreast).map(ask))));
  return found;
};

/** An account and those below it on a day, level by level, each once; `more` when there are more than `limit` or it is deeper. */
export const subtree = async (ctx: Reading, root: string, { on, limit }: { on: string; limit: number }) => {
  const found: Account[] = [{ id: root, parentId: null, depth: 0 }];
  const seen = new Set([root]);
  let level = found;
  for (let depth = 1; level.length && found.length <= limit; depth++) {
    const below = await eachOf(level, ({ id }) => childrenOf(ctx, id, { from: on, until: on }));
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

/** the accounts above one on a day, the nearest first */
export const ancestors = async (ctx: Reading, id: string, on: string): Promise<Account[]> => {
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

/** accounts with the names that they go by */
export const named = async <A extends Account>(ctx: Ctx, accounts: A[]): Promise<(A & { name: string })[]> => {
  const keys = accounts.map(({ id }) => ({ id }));
  const [found, hidden] = await Promise.all([ctx.store.getAll(customers, keys), hiddenFrom(ctx)]);
  const known = new Map<string, StoredCustomer>(found.map(customer => [customer.id, redact(customer, hidden)]));
  return accounts.map(account => ({ ...account, name: displayName(known.get(account.id) ?? {}) }));
};
