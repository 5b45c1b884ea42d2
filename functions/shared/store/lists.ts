import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { env } from '../aws/env.ts';
import { batchGet } from './batch-get.ts';
import { cursorOf, readCursor } from './cursor.ts';
import {
  type Entity,
  type Item,
  listIndexes,
  listPartition,
  main,
  ownerPartition,
  type Place,
  placeKey,
  revive,
} from './entity.ts';
import { withTexts } from './long-text.ts';
import type { readsOf } from './reads.ts';
import { table } from './table.ts';

export type Paging = { limit: number; cursor?: string | undefined };
export type Page<T> = { items: T[]; nextCursor: string | null };

type Part = {
  limit: number;
  within?: { from: string; to: string };
  filter?: Pick<QueryCommandInput, 'FilterExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'>;
  after?: string;
  upwards?: boolean;
  /** also what is past its time to live and not deleted yet */
  expired?: boolean;
};

type Listing<T> = Paging & { upwards?: boolean; keep?: (value: T) => boolean };

/** The most reads per page: with a selective filter the page is short, and its cursor continues. */
const mostLooks = 20;

/** `records`: what the items of a list lead to, in their order, where they are not the records themselves */
type Picking<T> = { pick: (item: Item) => T | undefined; records?: (items: Item[]) => Promise<(Item | undefined)[]> };

/** a partition of a list: what was read of it and not yet taken, and where its rest begins */
type Shard = { pk: string; items: Item[]; after: string | undefined; more: boolean };

/** What each of some partitions is asked for, so that seldom one has to be asked again: its mean share and 1.4 standard deviations. */
const shareOf = (limit: number, partitions: number) => {
  const mean = limit / partitions;
  return partitions === 1 ? limit : Math.min(limit, Math.ceil(mean + 1.4 * Math.sqrt(mean)));
};

type Query = ReturnType<typeof readsOf>['query'];
type Live = ReturnType<typeof readsOf>['live'];

export const listsOf = ({ tenant, query, live }: { tenant: string; query: Query; live: Live }) => {
  /** a partition's items, main record first, then its parts downwards, newest event first */
  const partition = async (of: Place['of'], { limit, within, filter, after, upwards = false, expired }: Part) => {
    const { pk } = placeKey(tenant, { of, part: main });
    const input = {
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
    return query(input, { expired });
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

  /** `index` '': a list of lookup items in the table itself */
  const shardPage = async (index: string, pk: string, since: string | undefined, upwards: boolean, limit: number) => {
    const beyond = since === undefined ? '' : ` AND ${index}sk ${upwards ? '>' : '<'} :since`;
    return query({
      ...(index ? { IndexName: index } : {}),
      KeyConditionExpression: `${index}pk = :list${beyond}`,
      ExpressionAttributeValues: { ':list': pk, ...(since === undefined ? {} : { ':since': since }) },
      ScanIndexForward: upwards,
      Limit: limit,
    });
  };

  const complete = async <T, K>(entity: Entity<T, K>, page: Promise<Page<T>>): Promise<Page<T>> => {
    const { items, nextCursor } = await page;
    return { items: await withTexts(tenant, entity, items), nextCursor };
  };

  /** partitions of one index read as one list, in the order of its sort keys; `pick` fills the page from further on */
  const merged = async <T>(
    index: string,
    pks: string[],
    { limit, cursor, upwards = false, pick, records }: Listing<T> & Picking<T>,
  ): Promise<Page<T>> => {
    const sortOf = (item: Item) => item[`${index}sk`] as string;
    const share = shareOf(limit, pks.length);
    let since = cursor ? readCursor(cursor) : undefined;
    const shards: Shard[] = pks.map(pk => ({ pk, items: [], after: since, more: true }));

    const refill = async (shard: Shard) => {
      const { items, more } = await shardPage(index, shard.pk, shard.after, upwards, share);
      const last = items.at(-1);
      Object.assign(shard, { items: [...shard.items, ...items], more, after: last ? sortOf(last) : shard.after });
    };
    const lacking = () => shards.filter(({ items, more }) => more && !items.length);
    /** the next item of all, unless a partition may have an earlier one */
    const take = () => {
      if (lacking().length) return undefined;
      const [first] = shards
        .filter(({ items }) => items.length)
        .sort(({ items: [a] }, { items: [b] }) => (sortOf(a!) < sortOf(b!) === upwards ? -1 : 1));
      return first?.items.shift();
    };

    const found: T[] = [];
    for (let look = 0; look < mostLooks; look++) {
      await Promise.all(lacking().map(refill));
      const next: Item[] = [];
      for (let item = take(); item; item = take()) next.push(item);
      const picked = records ? await records(next) : next;
      for (const [nth, item] of next.entries()) {
        since = sortOf(item);
        const record = picked[nth];
        const value = record && pick(record);
        if (value === undefined) continue;
        found.push(value);
        if (found.length < limit) continue;
        const more = nth + 1 < next.length || shards.some(({ items, more }) => more || items.length);
        return { items: found, nextCursor: more ? cursorOf(since) : null };
      }
      if (!shards.some(({ items, more }) => more || items.length)) return { items: found, nextCursor: null };
    }
    return { items: found, nextCursor: since ? cursorOf(since) : null };
  };

  const revived =
    <T, K>(entity: Entity<T, K>, keep: (value: T) => boolean = () => true) =>
    (item: Item) => {
      if (item.kind !== entity.kind) return undefined;
      const value = revive(entity, item);
      return keep(value) ? value : undefined;
    };

  /** the records that lookup items of a list lead to; one that has expired, or left the list since, is left out */
  const holdersOf =
    <T, K>(entity: Entity<T, K>, isListed: (value: T) => boolean) =>
    async (items: Item[]) => {
      const keys = items.map(({ holder }) => placeKey(tenant, entity.key({ id: holder } as K)));
      const found = await batchGet(tenant, keys);
      return keys.map(key => {
        const item = live(found(key)) as Item | undefined;
        return item && isListed(revive(entity, item)) ? item : undefined;
      });
    };

  const placesOf = <T, K>(entity: Entity<T, K>, name: string, by: string | string[]) => {
    const declared = entity.lists?.[name];
    if (!declared) throw new Error(`${entity.kind} has no list ${name}`);
    const index = listIndexes[Object.keys(entity.lists ?? {}).indexOf(name)] ?? '';
    const shards = Array.from({ length: declared.shards ?? 1 }, (_, shard) => shard);
    const pks = [by].flat().flatMap(one => shards.map(shard => listPartition(tenant, entity.kind, name, one, shard)));
    return { index, pks, declared };
  };

  const countIn = async (index: string, pk: string, most: number): Promise<number> => {
    let counted = 0;
    let lastKey: QueryCommandInput['ExclusiveStartKey'];
    do {
      const { Count = 0, LastEvaluatedKey } = await table(tenant).query({
        TableName: env.table(),
        ...(index ? { IndexName: index } : {}),
        KeyConditionExpression: `${index}pk = :list`,
        ExpressionAttributeValues: { ':list': pk },
        ExclusiveStartKey: lastKey,
        Select: 'COUNT',
      });
      counted += Count;
      lastKey = LastEvaluatedKey;
    } while (lastKey && counted < most);
    return counted;
  };

  /** how many records a declared list has, counted up to `most` */
  const count = async <T, K>(entity: Entity<T, K>, name: string, by: string, most: number): Promise<number> => {
    const { index, pks } = placesOf(entity, name, by);
    const counted = await Promise.all(pks.map(pk => countIn(index, pk, most)));
    return Math.min(
      counted.reduce((sum, one) => sum + one, 0),
      most,
    );
  };

  /** a page of a declared list, or of several as one, latest first (or `upwards`); `keep` filters */
  const list = async <T, K>(
    entity: Entity<T, K>,
    name: string,
    by: string | string[],
    { keep, ...listing }: Listing<T>,
  ): Promise<Page<T>> => {
    const { index, pks, declared } = placesOf(entity, name, by);
    if (index) return complete(entity, merged<T>(index, pks, { ...listing, pick: revived(entity, keep) }));
    const records = holdersOf(entity, value => [by].flat().includes(declared.by(value) as string));
    return complete(entity, merged<T>('', pks, { ...listing, pick: revived(entity, keep), records }));
  };

  const belonging = <T, K>(
    entity: Entity<T, K>,
    customerId: string,
    { keep, ...listing }: Listing<T>,
  ): Promise<Page<T>> =>
    complete(
      entity,
      merged<T>('gsi1', [ownerPartition(tenant, customerId)], { ...listing, pick: revived(entity, keep) }),
    );

  return { partition, range, owned, list, count, belonging };
};
