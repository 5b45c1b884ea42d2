import { env } from '../aws/env.ts';
import { mapConcurrent } from '../map-concurrent.ts';
import { batchGet } from './batch-get.ts';
import { type Item, listIndexes, listPartition, ownerPartition } from './entity.ts';
import type { readsOf } from './reads.ts';
import { isRefusal, table } from './table.ts';

export type Filed = Pick<Item, 'pk' | 'sk'> & { kind: string; index: string };

export type FiledAt = { place: number; key?: Record<string, unknown> };

const concurrent = 10;

/** Which records of any kind are a customer's, and giving them to another customer. */
export const filingOf = ({ tenant, query }: { tenant: string; query: ReturnType<typeof readsOf>['query'] }) => {
  const places = (customerId: string, kinds: string[]): { index: string; pk: string }[] => [
    { index: 'gsi1', pk: ownerPartition(tenant, customerId) },
    ...kinds.flatMap(kind =>
      listIndexes.map(index => ({ index, pk: listPartition(tenant, kind, 'customer', customerId, 0) })),
    ),
  ];

  const pageAt = ({ index, pk }: { index: string; pk: string }, limit: number, after?: Record<string, unknown>) =>
    query({
      IndexName: index,
      KeyConditionExpression: `${index}pk = :pk`,
      ExpressionAttributeValues: { ':pk': pk },
      Limit: limit,
      ...(after ? { ExclusiveStartKey: after } : {}),
    });

  /** some of the records filed under a customer, or on the lists `customer` of some kinds: all there are when fewer than `limit` come */
  const filed = async (customerId: string, { kinds, limit }: { kinds: string[]; limit: number }): Promise<Filed[]> => {
    const found: Filed[] = [];
    for (const place of places(customerId, kinds)) {
      if (found.length >= limit) break;
      const { items } = await pageAt(place, limit - found.length);
      found.push(...items.map(({ pk, sk, kind }) => ({ pk, sk, kind: kind as string, index: place.index })));
    }
    return found;
  };

  /** items by their keys, as they were noted or found in an index; those that are there */
  const itemsAt = async (keys: Pick<Item, 'pk' | 'sk'>[]): Promise<Item[]> => {
    const own = keys.filter(({ pk }) => pk.startsWith(`${tenant}#`)).map(({ pk, sk }) => ({ pk, sk }));
    const there = await batchGet(tenant, own);
    return own.flatMap(key => there(key) ?? []);
  };

  /**
   * A page of the current records of a customer, or on lists `customer` of some kinds; `after`: where to continue, undefined
   * at the end.
   */
  const filedItems = async (
    customerId: string,
    { kinds, limit, after }: { kinds: string[]; limit: number; after?: FiledAt | undefined },
  ) => {
    const all = places(customerId, kinds);
    const { place = 0, key } = after ?? {};
    const { items, lastKey } = await pageAt(all[place]!, limit, key);
    const found = await itemsAt(items);
    const next = lastKey ? { place, key: lastKey } : place + 1 < all.length ? { place: place + 1 } : undefined;
    return { items: found, ...(next ? { after: next } : {}) };
  };

  const refileOne = async ({ pk, sk, kind, index }: Filed, from: string, to: string) => {
    const pkIn = (customerId: string) =>
      index === 'gsi1' ? ownerPartition(tenant, customerId) : listPartition(tenant, kind, 'customer', customerId, 0);
    const write = {
      TableName: env.table(),
      Key: { pk, sk },
      UpdateExpression: `SET ${index}pk = :to, doc.customerId = :id, doc.version = if_not_exists(doc.version, :none) + :one`,
      ConditionExpression: `${index}pk = :from`,
      ExpressionAttributeValues: { ':from': pkIn(from), ':to': pkIn(to), ':id': to, ':none': 0, ':one': 1 },
    };
    try {
      await table(tenant).update(write);
      return true;
    } catch (error) {
      if (isRefusal(error, 'ConditionalCheckFailedException')) return false;
      throw error;
    }
  };

  /**
   * Files records under another customer, each with its next version, so that a concurrent change fails; those that are no
   * longer filed under `from` stay. Returns how many were moved.
   */
  const refile = async (records: Filed[], { from, to }: { from: string; to: string }) => {
    const moved = await mapConcurrent(records, concurrent, one => refileOne(one, from, to));
    return moved.filter(done => done).length;
  };

  return { filed, filedItems, itemsAt, refile };
};
