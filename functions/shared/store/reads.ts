import type { QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { env } from '../aws/env.ts';
import { notFound } from '../http/errors.ts';
import { batchGet } from './batch-get.ts';
import { claimKey, type Entity, type Item, main, type Place, placeKey, revive } from './entity.ts';
import { withTexts } from './long-text.ts';
import { table } from './table.ts';

/** DynamoDB refuses an empty string in a key condition, and not every engine that stands in for it does */
const mustHaveKeys = ({ KeyConditionExpression = '', ExpressionAttributeValues = {} }: Partial<QueryCommandInput>) => {
  const names = KeyConditionExpression.match(/:\w+/g) ?? [];
  const empty = names.filter(name => ExpressionAttributeValues[name] === '');
  if (empty.length) throw new Error(`a key cannot be empty: ${empty.join(', ')} in ${KeyConditionExpression}`);
};

const isNothing = ({ ExpressionAttributeValues: { ':from': from, ':to': to } = {} }: Partial<QueryCommandInput>) =>
  typeof from === 'string' && typeof to === 'string' && Buffer.compare(Buffer.from(from), Buffer.from(to)) > 0;

/** Single records, by key or by unique value. An item past its time to live is not there, deleted or not. */
export const readsOf = ({ tenant, now }: { tenant: string; now: string }) => {
  const TableName = env.table();
  const live = (item: Record<string, unknown> | undefined) =>
    item && !(typeof item.expiresAt === 'number' && item.expiresAt * 1000 <= Date.parse(now)) ? item : undefined;

  /**
   * As many items as the limit says, or all there are: a page of DynamoDB ends at 1 MB as well, and may hold what has expired.
   * With a filter, which looks at as many as the limit says, it is one such page.
   */
  const query = async (
    input: Omit<QueryCommandInput, 'TableName'> & { Limit: number },
    { expired = false }: { expired?: boolean | undefined } = {},
  ) => {
    mustHaveKeys(input);
    const items: Item[] = [];
    // DynamoDB refuses bounds that nothing is between
    if (isNothing(input)) return { items, more: false, last: undefined, lastKey: undefined };
    let lastKey = input.ExclusiveStartKey;
    do {
      const asked = { ...input, Limit: input.Limit - items.length, ExclusiveStartKey: lastKey };
      const { Items = [], LastEvaluatedKey } = await table(tenant).query({ TableName, ...asked });
      items.push(...((expired ? Items : Items.filter(live)) as Item[]));
      lastKey = LastEvaluatedKey;
    } while (lastKey && !input.FilterExpression && items.length < input.Limit);
    return { items, more: lastKey !== undefined, last: lastKey?.sk as string | undefined, lastKey };
  };

  const get = async <T, K>(entity: Entity<T, K>, key: NoInfer<K>): Promise<T | undefined> => {
    const { Item } = await table(tenant).get({
      TableName,
      Key: placeKey(tenant, entity.key(key)),
      ConsistentRead: true,
    });
    const item = live(Item);
    return item && (await withTexts(tenant, entity, [revive(entity, item)]))[0];
  };

  /** one record; throws 404 `<kind>.not-found` when it does not exist */
  const need = async <T, K>(entity: Entity<T, K>, key: NoInfer<K>): Promise<T> => {
    const found = await get(entity, key);
    if (found === undefined) throw notFound(entity.kind)();
    return found;
  };

  const getAll = async <T, K>(entity: Entity<T, K>, keys: NoInfer<K>[]): Promise<T[]> => {
    const places = keys.map(key => placeKey(tenant, entity.key(key)));
    const wanted = [...new Map(places.map(place => [`${place.pk} ${place.sk}`, place])).values()];
    const found = await batchGet(tenant, wanted);
    const records = wanted.map(key => live(found(key))).flatMap(item => (item ? [revive(entity, item)] : []));
    return withTexts(tenant, entity, records);
  };

  const getByIds = <T>(entity: Entity<T, { id: string }>, ids: string[]): Promise<T[]> =>
    getAll(
      entity,
      ids.map(id => ({ id })),
    );

  const parts = async (of: Place['of'], sks: string[]): Promise<Item[]> => {
    const keys = sks.map(part => placeKey(tenant, { of, part }));
    const found = await batchGet(tenant, keys);
    return keys.flatMap(key => (live(found(key)) as Item | undefined) ?? []);
  };

  const holder = async <T, K>(entity: Entity<T, K>, unique: string, value: string): Promise<string | undefined> => {
    const Key = claimKey(tenant, entity.kind, unique, value);
    const { Item } = await table(tenant).get({ TableName, Key, ConsistentRead: true });
    return live(Item)?.holder as string | undefined;
  };

  /** the record that holds a unique value */
  const getBy = async <T>(entity: Entity<T, { id: string }>, unique: string, value: string): Promise<T | undefined> => {
    const id = await holder(entity, unique, value);
    return id === undefined ? undefined : get(entity, { id });
  };

  /** ids of the records that hold several unique values, a call a hundred, in the order of the values */
  const holders = async (values: { entity: { kind: string }; unique: string; value: string }[]) => {
    const keys = values.map(({ entity, unique, value }) => claimKey(tenant, entity.kind, unique, value));
    const found = await batchGet(tenant, keys);
    return keys.map(key => live(found(key))?.holder as string | undefined);
  };

  const counters = async (of: [kind: string, id: string]): Promise<Record<string, number>> => {
    const Key = placeKey(tenant, { of, part: main });
    const { Item = {} } = await table(tenant).get({ TableName, Key, ConsistentRead: true });
    return Object.fromEntries(Object.entries(Item).filter(([, value]) => typeof value === 'number')) as Record<
      string,
      number
    >;
  };

  return { query, live, get, need, getAll, getByIds, parts, holder, getBy, holders, counters };
};
