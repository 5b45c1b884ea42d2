import { cursorMalformed } from '../http/errors.ts';
import { cursorOf, readCursor } from './cursor.ts';
import { bucketPartition, type Entity, entryPartition, type Item, writtenAs } from './entity.ts';
import type { Paging } from './lists.ts';
import { isBetween, type Reach, reaches } from './reach.ts';
import type { readsOf } from './reads.ts';

type Bounds = { from: string; to: string; since?: string | undefined; limit: number; downwards: boolean };

const entryOf = ({ sk, holder }: Item) => ({
  value: sk.slice(0, sk.lastIndexOf('#')),
  id: holder as string,
  place: sk,
});

type Query = ReturnType<typeof readsOf>['query'];

const [lowest, highest] = [' ', '\u{10ffff}'];

/** `since`: the place to go on after; `downwards`: the last value first */
type Along = { as: Reach; limit: number; since?: string | undefined; downwards?: boolean };

export const entriesIn = ({ tenant, query }: { tenant: string; query: Query }) => {
  /** entries of one bucket between two sort keys, in the values' order or against it, on after `since` */
  const entriesBetween = async (pk: string, { from, to, since, limit, downwards }: Bounds) => {
    const { items, more } = await query({
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      // nothing sorts between a key and itself with a space
      ExpressionAttributeValues: { ':pk': pk, ':from': from, ':to': `${to} ` },
      ...(since === undefined ? {} : { ExclusiveStartKey: { pk, sk: since } }),
      ScanIndexForward: !downwards,
      Limit: limit,
    });
    return { items: items.map(entryOf), more };
  };

  /** what is filed under a lookup value and those that it reaches, in their order, on after the place `since` */
  const under = async <T, K>(
    entity: Entity<T, K>,
    entry: string,
    value: string,
    { as, limit, since, downwards = false }: Along,
  ) => {
    const reach = reaches[as](writtenAs(entity, entry, value));
    if (since !== undefined && !isBetween(since, reach)) throw cursorMalformed();
    return entriesBetween(entryPartition(tenant, entity, entry, value), { ...reach, since, limit, downwards });
  };

  const lookup = async <T, K>(
    entity: Entity<T, K>,
    entry: string,
    value: string,
    { limit, cursor, prefix = false }: Paging & { prefix?: boolean },
  ) => {
    const since = cursor ? readCursor(cursor) : undefined;
    const { items, more } = await under(entity, entry, value, { as: prefix ? 'prefix' : 'whole', limit, since });
    return { items: items.map(({ id }) => id), nextCursor: more ? cursorOf(items.at(-1)!.place) : null };
  };

  /**
   * The entries in the bucket of a lookup value: from the value upwards, or below it downwards, the nearest first. `within`:
   * only values with this prefix.
   */
  const beside = async <T, K>(
    entity: Entity<T, K>,
    entry: string,
    value: string,
    { limit, upwards, within }: { limit: number; upwards: boolean; within?: string },
  ) => {
    const written = writtenAs(entity, entry, value);
    const bounds = upwards
      ? { from: written, to: `${within ?? ''}${highest}` }
      : { from: within || lowest, to: written };
    const pk = entryPartition(tenant, entity, entry, value);
    const { items } = await entriesBetween(pk, { ...bounds, limit, downwards: !upwards });
    return items.map(({ value, id }) => ({ value, id }));
  };

  const bucket = async <T, K>(
    { kind }: Entity<T, K>,
    entry: string,
    name: string,
    { limit, after }: { limit: number; after?: string | undefined },
  ) => {
    const pk = bucketPartition(tenant, kind, entry, name);
    return entriesBetween(pk, { from: lowest, to: highest, since: after, limit, downwards: false });
  };

  return { lookup, under, beside, bucket };
};
