import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { env } from '../aws/env.ts';
import { batchGet } from './batch-get.ts';
import { type Item, listIndexes, listPartition, ownerPartition } from './entity.ts';
import type { readsOf } from './reads.ts';
import { table } from './table.ts';

export type Filed = Pick<Item, 'pk' | 'sk'> & { index: string };

export type FiledAt = { place: number; key?: Record<string, unknown> };

/** kinds of records that are on a list `customer`, by customer, beside or in place of being the customer's own */
const listed = ['message', 'activity', 'order', 'text'];

/** of these, what others are found by: it goes along with what it leads to, and is no record of the customer's by itself */
const derived = ['text'];

export const isDerived = ({ kind }: Pick<Item, 'kind'>) => derived.includes(kind as string);

const abreast = 10;

/** Which records of any kind are a customer's, and giving them to another customer. */
export const filingOf = ({ tenant, query }: { tenant: string; query: ReturnType<typeof readsOf>['query'] }) => {
  const places = (customerId: string, kinds = listed): { index: string; pk: string }[] => [
    { index: 'gsi1', pk: ownerPartition(tenant, customerId) },
    ...kinds.flatMap(kind =>
      listIndexes.map(index => ({ index, pk: listPartition(tenant, kind, 'customer', customerId, 0) })),
    ),
  ];

  /** some of the records filed under a customer: all there are when fewer than `limit` come */
  const filed = async (customerId: string, { limit }: { limit: number }): Promise<(Filed & Pick<Item, 'kind'>)[]> => {
    const found: (Filed & Pick<Item, 'kind'>)[] = [];
    for (const { index, pk } of places(customerId)) {
      if (found.length >= limit) break;
      const { items } = await query({
        IndexName: index,
        KeyConditionExpression: `${index}pk = :pk`,
        ExpressionAttributeValues: { ':pk': pk },
        Limit: limit - found.length,
      });
      found.push(...items.map(({ pk, sk, kind }) => ({ pk, sk, kind, index })));
    }
    return found;
  };

  /** items by their keys, as they were noted or found in an index; those that are there */
  const itemsAt = async (keys: Pick<Item, 'pk' | 'sk'>[]): Promise<Item[]> => {
    const own = keys.filter(({ pk }) => pk.startsWith(`${tenant}#`)).map(({ pk, sk }) => ({ pk, sk }));
    const there = await batchGet(own);
    return own.flatMap(key => there(key) ?? []);
  };

  /**
   * A page of the records that are a customer's or on lists `customer` of some kinds, as they are now; `after` is where to go
   * on, undefined at the end.
   */
  const filedItems = async (
    customerId: string,
    { kinds, limit, after }: { kinds: string[]; limit: number; after?: FiledAt | undefined },
  ) => {
    const all = places(customerId, kinds);
    const { place = 0, key } = after ?? {};
    const { index, pk } = all[place]!;
    const { items, lastKey } = await query({
      IndexName: index,
      KeyConditionExpression: `${index}pk = :pk`,
      ExpressionAttributeValues: { ':pk': pk },
      Limit: limit,
      ...(key ? { ExclusiveStartKey: key } : {}),
    });
    const found = await itemsAt(items);
    const next = lastKey ? { place, key: lastKey } : place + 1 < all.length ? { place: place + 1 } : undefined;
    return { items: found, ...(next ? { after: next } : {}) };
  };

  const refileOne = async ({ pk, sk, index }: Filed, from: string, to: string) => {
    const pkIn = (customerId: string) => places(customerId).filter(place => place.index === index);
    for (const [nth, place] of pkIn(from).entries()) {
      try {
        await table().send(
          new UpdateCommand({
            TableName: env.table(),
            Key: { pk, sk },
            UpdateExpression: `SET ${index}pk = :to, doc.customerId = :id, doc.version = if_not_exists(doc.version, :none) + :one`,
            ConditionExpression: `${index}pk = :from`,
            ExpressionAttributeValues: {
              ':from': place.pk,
              ':to': pkIn(to)[nth]?.pk,
              ':id': to,
              ':none': 0,
              ':one': 1,
            },
          }),
        );
        return 1;
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
    }
    return 0;
  };

  /**
   * Gives records to another customer, each a version further, so that a concurrent change is detected; those that are no
   * longer the first one's are left alone. Gives how many.
   */
  const refile = async (records: Filed[], { from, to }: { from: string; to: string }) => {
    let moved = 0;
    for (let at = 0; at < records.length; at += abreast) {
      const done = await Promise.all(records.slice(at, at + abreast).map(one => refileOne(one, from, to)));
      moved += done.reduce<number>((sum, one) => sum + one, 0);
    }
    return moved;
  };

  return { filed, filedItems, itemsAt, refile };
};
