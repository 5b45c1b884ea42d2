import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { badCursor, cursorOf, readCursor } from './cursor.ts';
import {
  bucketPartition,
  type Entity,
  entryPartition,
  type Item,
  listIndexes,
  listPartition,
  main,
  ownerPartition,
  type Place,
  placeKey,
  revive,
  writtenAs,
} from './entity.ts';
import { isBetween, type Reach, reaches } from './reach.ts';
import type { readsOf } from './store-reads.ts';

export type Paging = { limit: number; cursor?: string | undefined };
export type Page<T> = { items: T[]; nextCursor: string | null };

type Part = {
  limit: number;
  /** bounds of the sort key, both included */
  within?: { from: string; to: string };
  filter?: Pick<QueryCommandInput, 'FilterExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'>;
  /** the sort key to go on after */
  after?: string;
  upwards?: boolean;
  /** also what is past its time to live and not deleted yet */
  expired?: boolean;
};

type Listing<T> = Paging & { upwards?: boolean; keep?: (value: T) => boolean };

/** A filter that keeps little must not read a whole list: after so many looks the page is short and its cursor goes on. */
const mostLooks = 20;

type Bounds = { from: string; to: string; since: string | undefined; limit: number; downwards: boolean };

const entryOf = ({ sk, holder }: Item) => ({
  value: sk.slice(0, sk.lastIndexOf('#')),
  id: holder as string,
  place: sk,
});

type Query = ReturnType<typeof readsOf>['query'];

/** below and above all values */
const [lowest, highest] = [' ', '\u{10ffff}'];

/** `since`: the place to go on after; `downwards`: the last value first */
type Along = { as: Reach; limit: number; since?: string | undefined; downwards?: boolean };

/** Lists and ranges, page by page. */
export const listsOf = ({ tenant, query }: { tenant: string; query: Query }) => {
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
    if (since !== undefined && !isBetween(since, reach)) throw badCursor();
    return entriesBetween(entryPartition(tenant, entity, entry, value), { ...reach, since, limit, downwards });
  };

  /** ids of the records listed under a lookup value, or under all values that begin with it, in the values' order */
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
   * What is filed in a lookup value's bucket: from the value upwards, or below it downwards, the nearest first. `within`: no
   * other than values that begin so.
   */
  const beside = async <T, K>(
    entity: Entity<T, K>,
    entry: string,
    value: string,
    { limit, upwards, within }: { limit: number; upwards: boolean; within?: string },
  ) => {
    const written = writtenAs(entity, entry, value);
    const from = upwards ? written : (within ?? lowest);
    const to = upwards ? `${within ?? ''}${highest}` : written;
    const { items } = await query({
      KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
      ExpressionAttributeValues: {
        ':pk': entryPartition(tenant, entity, entry, value),
        ':from': from,
        ':to': to,
      },
      ProjectionExpression: 'sk, holder',
      ScanIndexForward: upwards,
      Limit: limit,
    });
    return items.map(entryOf).map(({ value, id }) => ({ value, id }));
  };

  /** a page of all that is filed in a bucket, in the order of the values, after the sort key `after` */
  const bucket = async <T, K>(
    { kind }: Entity<T, K>,
    entry: string,
    name: string,
    { limit, after = lowest }: { limit: number; after?: string | undefined },
  ) => {
    const { items, last } = await query({
      KeyConditionExpression: 'pk = :pk AND sk > :after',
      ExpressionAttributeValues: { ':pk': bucketPartition(tenant, kind, entry, name), ':after': after },
      ProjectionExpression: 'sk, holder',
      Limit: limit,
    });
    return { items: items.map(entryOf), more: last !== undefined };
  };

  /** a partition's items, main record first, then its parts downwards, newest event first */
  const partition = async (of: Place['of'], { limit, within, filter, after, upwards = false, expired }: Part) => {
    const { pk } = placeKey(tenant, { of, part: main });
    const asked = {
      ...filter,
      KeyConditionExpression: within ? 'pk = :pk AND sk BETWEEN :from AND :to' : 'pk = :pk',
      ExpressionAttributeValues: {
        ':pk': pk,
        ...(within ? { ':from': within.from, ':to': within.to } : {}),
        ...filter?.ExpressionAttributeValues,
      },
      ...(after ? { ExclusiveStartKey: { pk, sk: after } } : {}),
      ScanIndexForward: upwards,
      ConsistentRead: true,
      Limit: limit,
    };
    return query(asked, { expired });
  };

  /** a page of a partition's parts within bounds of the sort key; a filter fills the page from further on */
  const range = async (of: Place['of'], { limit, cursor, ...part }: Paging & Omit<Part, 'limit' | 'after'>) => {
    const found: Item[] = [];
    let after = cursor ? readCursor(cursor, part.within) : undefined;
    for (let look = 1; ; look++) {
      const { items, last } = await partition(of, {
        ...part,
        limit: part.filter ? limit * 2 : limit,
        ...(after ? { after } : {}),
      });
      found.push(...items);
      if (found.length > limit) return { items: found.slice(0, limit), nextCursor: cursorOf(found[limit - 1]!.sk) };
      if (!last) return { items: found, nextCursor: null };
      if (found.length === limit || look === mostLooks) return { items: found, nextCursor: cursorOf(last) };
      after = last;
    }
  };

  /** a customer's records of all kinds, latest first */
  const owned = async (customerId: string, { limit }: { limit: number }) => {
    const { items } = await query({
      IndexName: 'gsi1',
      KeyConditionExpression: 'gsi1pk = :owner',
      ExpressionAttributeValues: { ':owner': ownerPartition(tenant, customerId) },
      ScanIndexForward: false,
      Limit: limit,
    });
    return items;
  };

  const shardPage = async (index: string, pk: string, since: string | undefined, upwards: boolean, limit: number) => {
    const beyond = since === undefined ? '' : ` AND ${index}sk ${upwards ? '>' : '<'} :since`;
    return query({
      IndexName: index,
      KeyConditionExpression: `${index}pk = :list${beyond}`,
      ExpressionAttributeValues: { ':list': pk, ...(since === undefined ? {} : { ':since': since }) },
      ScanIndexForward: upwards,
      Limit: limit,
    });
  };

  /** partitions of one index read as one list, in the order of its sort keys; `pick` fills the page from further on */
  const merged = async <T>(
    index: string,
    pks: string[],
    { limit, cursor, upwards = false, pick }: Listing<T> & { pick: (item: Item) => T | undefined },
  ): Promise<Page<T>> => {
    const sortOf = (item: Item) => item[`${index}sk`] as string;
    const found: T[] = [];
    let since = cursor ? readCursor(cursor) : undefined;
    for (let look = 1; ; look++) {
      const pages = await Promise.all(pks.map(pk => shardPage(index, pk, since, upwards, limit)));
      const all = pages.flatMap(({ items }) => items).sort((a, b) => (sortOf(a) < sortOf(b) === upwards ? -1 : 1));
      const more = pages.some(page => page.more) || all.length > limit;
      // only the first `limit` of all partitions together are sure to have no gap
      for (const [nth, item] of all.slice(0, limit).entries()) {
        since = sortOf(item);
        const value = pick(item);
        if (value === undefined) continue;
        found.push(value);
        if (found.length < limit) continue;
        return { items: found, nextCursor: more || nth + 1 < all.length ? cursorOf(since) : null };
      }
      if (!more) return { items: found, nextCursor: null };
      if (look === mostLooks && since) return { items: found, nextCursor: cursorOf(since) };
    }
  };

  const kept =
    <T, K>(entity: Entity<T, K>, keep: (value: T) => boolean = () => true) =>
    (item: Item) => {
      if (item.kind !== entity.kind) return undefined;
      const value = revive(entity, item);
      return keep(value) ? value : undefined;
    };

  /** a page of a declared list, or of several as one, latest first (or `upwards`); `keep` filters */
  const list = async <T, K>(
    entity: Entity<T, K>,
    name: string,
    by: string | string[],
    { keep, ...listing }: Listing<T>,
  ): Promise<Page<T>> => {
    const declared = entity.lists?.[name];
    const index = listIndexes[Object.keys(entity.lists ?? {}).indexOf(name)];
    if (!declared || !index) throw new Error(`${entity.kind} has no list ${name}`);
    const pks = [by]
      .flat()
      .flatMap(one =>
        Array.from({ length: declared.shards ?? 1 }, (_, shard) =>
          listPartition(tenant, entity.kind, name, one, shard),
        ),
      );
    return merged<T>(index, pks, { ...listing, pick: kept(entity, keep) });
  };

  /** a page of the records of one kind that belong to a customer, latest first; `keep` filters */
  const belonging = <T, K>(
    entity: Entity<T, K>,
    customerId: string,
    { keep, ...listing }: Listing<T>,
  ): Promise<Page<T>> =>
    merged<T>('gsi1', [ownerPartition(tenant, customerId)], { ...listing, pick: kept(entity, keep) });

  return { lookup, under, beside, bucket, partition, range, owned, list, belonging };
};
