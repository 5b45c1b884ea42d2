import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  GetCommand,
  QueryCommand,
  type QueryCommandInput,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Change, Saying } from './changes.ts';
import { cursorOf, readCursor } from './cursor.ts';
import {
  claimKey,
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
} from './entity.ts';
import { env } from './env.ts';
import { Refusal } from './refusal.ts';
import { table } from './table.ts';
import { Changed, eventItem, type Step, stepsOf, type Writer } from './transaction.ts';

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
};

/** the most a transaction takes */
const mostSteps = 100;

export type Expected = { id: string | undefined; checked: boolean; check(version: number): void };

type Opened = {
  tenant: string;
  actor: string;
  now: string;
  /** id of the event that made us act */
  cause?: string;
  /** further writes that belong into the one transaction, given the reply: idempotency, claims of events */
  seal?: (reply: unknown) => Step[];
  /** the version a client insists on, for the record of that id; 0 is none yet */
  expects?: Expected | undefined;
};

/** The customer store as one tenant sees it. No other tenant can be named through it. */
export type Store = ReturnType<typeof openStore>;

export const openStore = (opened: Opened) => {
  const { tenant, now } = opened;
  const TableName = env.table();
  const writer: Writer = { ...opened, tableName: TableName };
  const live = (item: Record<string, unknown> | undefined) =>
    item && !(typeof item.expiresAt === 'number' && item.expiresAt * 1000 <= Date.parse(now)) ? item : undefined;

  const query = async (asked: Omit<QueryCommandInput, 'TableName'>) => {
    const { Items = [], LastEvaluatedKey } = await table().send(new QueryCommand({ TableName, ...asked }));
    const last = LastEvaluatedKey?.sk as string | undefined;
    return { items: Items.filter(live) as Item[], more: LastEvaluatedKey !== undefined, last };
  };

  /** one record, strongly consistent; undefined when there is none */
  const get = async <T, K>(entity: Entity<T, K>, key: NoInfer<K>): Promise<T | undefined> => {
    const { Item } = await table().send(
      new GetCommand({ TableName, Key: placeKey(tenant, entity.key(key)), ConsistentRead: true }),
    );
    const item = live(Item);
    return item && revive(entity, item);
  };

  /** one record; refuses with 404 `<kind>.not-found` when there is none */
  const need = async <T, K>(entity: Entity<T, K>, key: NoInfer<K>): Promise<T> => {
    const found = await get(entity, key);
    if (found === undefined)
      throw new Refusal('missing', `${entity.kind}.not-found`, `there is no such ${entity.kind}`);
    return found;
  };

  /** up to 100 records in one call, in the order asked, without those that do not exist */
  const getAll = async <T, K>(entity: Entity<T, K>, keys: NoInfer<K>[]): Promise<T[]> => {
    if (!keys.length) return [];
    const wanted = [...new Map(keys.map(key => [JSON.stringify(key), placeKey(tenant, entity.key(key))])).values()];
    const found = new Map<string, T>();
    let ask: Record<string, { Keys: Record<string, unknown>[] }> | undefined = { [TableName]: { Keys: wanted } };
    while (ask && Object.keys(ask).length) {
      const { Responses, UnprocessedKeys } = await table().send(new BatchGetCommand({ RequestItems: ask }));
      for (const item of Responses?.[TableName] ?? [])
        if (live(item)) found.set(`${item.pk} ${item.sk}`, revive(entity, item));
      ask = UnprocessedKeys as typeof ask;
    }
    return wanted.flatMap(({ pk, sk }) => found.get(`${pk} ${sk}`) ?? []);
  };

  /** id of the record that holds a unique value */
  const holder = async <T, K>(entity: Entity<T, K>, unique: string, value: string): Promise<string | undefined> => {
    const Key = claimKey(tenant, entity.kind, unique, value);
    const { Item } = await table().send(new GetCommand({ TableName, Key, ConsistentRead: true }));
    return Item?.holder as string | undefined;
  };

  /** ids of the records that hold several unique values, in one call, in the order asked */
  const holders = async (asked: { entity: { kind: string }; unique: string; value: string }[]) => {
    if (!asked.length) return [];
    const pks = asked.map(({ entity, unique, value }) => claimKey(tenant, entity.kind, unique, value).pk);
    const keys = [...new Set(pks)].map(pk => ({ pk, sk: main }));
    const found = new Map<string, string>();
    for (let at = 0; at < keys.length; at += 100) {
      type Ask = { [table: string]: { Keys: Record<string, unknown>[]; ConsistentRead?: boolean } };
      let ask: Ask | undefined = { [TableName]: { Keys: keys.slice(at, at + 100), ConsistentRead: true } };
      for (let attempt = 1; ask && Object.keys(ask).length; attempt++) {
        if (attempt > 1) await pause(attempt);
        const { Responses, UnprocessedKeys } = await table().send(new BatchGetCommand({ RequestItems: ask }));
        for (const { pk, holder } of Responses?.[TableName] ?? []) found.set(pk, holder);
        ask = UnprocessedKeys as Ask | undefined;
      }
    }
    return pks.map(pk => found.get(pk));
  };

  /** ids of the records listed under a lookup value, or under all values that begin with it, in the values' order */
  const lookup = async <T, K>(
    entity: Entity<T, K>,
    entry: string,
    value: string,
    { limit, cursor, prefix = false }: Paging & { prefix?: boolean },
  ) => {
    const begin = prefix ? value : `${value}#`;
    const end = `${begin}\u{10ffff}`;
    const since = cursor ? readCursor(cursor, { from: begin, to: end }) : undefined;
    const { items, more } = await query({
      KeyConditionExpression: since
        ? 'pk = :pk AND sk BETWEEN :since AND :end'
        : 'pk = :pk AND begins_with(sk, :begin)',
      ExpressionAttributeValues: {
        ':pk': entryPartition(tenant, entity, entry, value),
        ...(since ? { ':since': `${since} `, ':end': `${end} ` } : { ':begin': begin }),
      },
      Limit: limit,
    });
    return { items: items.map(item => item.holder as string), nextCursor: more ? cursorOf(items.at(-1)!.sk) : null };
  };

  /** a partition's items, main record first, then its parts downwards, newest event first */
  const partition = async (of: Place['of'], { limit, within, filter, after, upwards = false }: Part) => {
    const { pk } = placeKey(tenant, { of, part: main });
    return query({
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
    });
  };

  /** a page of a partition's parts within bounds of the sort key; a filter does not end the page early */
  const range = async (of: Place['of'], { limit, cursor, ...part }: Paging & Omit<Part, 'limit' | 'after'>) => {
    const found: Item[] = [];
    let after = cursor ? readCursor(cursor, part.within) : undefined;
    for (;;) {
      const { items, last } = await partition(of, {
        ...part,
        limit: part.filter ? limit * 2 : limit,
        ...(after ? { after } : {}),
      });
      found.push(...items);
      if (found.length > limit) return { items: found.slice(0, limit), nextCursor: cursorOf(found[limit - 1]!.sk) };
      if (!last) return { items: found, nextCursor: null };
      if (found.length === limit) return { items: found, nextCursor: cursorOf(last) };
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

  type Listing<T> = Paging & { upwards?: boolean; keep?: (value: T) => boolean };

  /** partitions of one index read as one list, in the order of its sort keys; `pick` filters without ending the page early */
  const merged = async <T>(
    index: string,
    pks: string[],
    { limit, cursor, upwards = false, pick }: Listing<T> & { pick: (item: Item) => T | undefined },
  ): Promise<Page<T>> => {
    const sortOf = (item: Item) => item[`${index}sk`] as string;
    const found: T[] = [];
    let since = cursor ? readCursor(cursor) : undefined;
    for (;;) {
      const pages = await Promise.all(pks.map(pk => shardPage(index, pk, since, upwards, limit)));
      const all = pages.flatMap(({ items }) => items).sort((a, b) => (sortOf(a) < sortOf(b) === upwards ? -1 : 1));
      const more = pages.some(page => page.more);
      // only the first `limit` of all partitions together are sure to have no gap
      for (const [nth, item] of all.slice(0, limit).entries()) {
        since = sortOf(item);
        const value = pick(item);
        if (value === undefined) continue;
        found.push(value);
        if (found.length === limit) {
          return { items: found, nextCursor: more || nth + 1 < all.length ? cursorOf(since) : null };
        }
      }
      if (!more && all.length <= limit) return { items: found, nextCursor: null };
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

  /** the counters of one counter item */
  const counters = async (of: [kind: string, id: string]): Promise<Record<string, number>> => {
    const Key = placeKey(tenant, { of, part: main });
    const { Item = {} } = await table().send(new GetCommand({ TableName, Key, ConsistentRead: true }));
    return Object.fromEntries(Object.entries(Item).filter(([, value]) => typeof value === 'number')) as Record<
      string,
      number
    >;
  };

  /** refuses with 412 when the record that the request is about is not at the version that the client named */
  const checkExpected = (changes: Change[]) => {
    const { expects } = opened;
    if (!expects) return;
    const touched = changes.flatMap(change => {
      if (change.do !== 'insert' && change.do !== 'update' && change.do !== 'remove') return [];
      const { id, version } = (change.do === 'insert' ? change.value : change.before) as {
        id?: string;
        version?: number;
      };
      return version === undefined ? [] : [{ id, version: change.do === 'insert' ? 0 : version }];
    });
    const about = touched.find(({ id }) => id === expects.id) ?? touched[0];
    if (about) expects.check(about.version);
  };

  /**
   * Does all changes in one transaction, or none. `reply` is what the caller will be told: where the request carries an
   * idempotency key it is kept in the same transaction. Throws `Changed` when a record was changed meanwhile.
   */
  const commit = async <R>(changes: Change[], reply?: R): Promise<R> => {
    checkExpected(changes);
    const steps = [...changes.flatMap(change => stepsOf(writer, change)), ...(opened.seal?.(reply) ?? [])];
    if (steps.length > mostSteps) throw new Error(`${steps.length} writes do not fit one transaction`);
    if (!steps.length) return reply as R;
    try {
      await table().send(new TransactWriteCommand({ TransactItems: steps.map(({ write }) => write) }));
    } catch (error) {
      throw whyCancelled(error, steps);
    }
    return reply as R;
  };

  const write = async (requests: object[]) => {
    for (let at = 0; at < requests.length; at += 25) {
      let ask: Record<string, unknown[]> | undefined = { [TableName]: requests.slice(at, at + 25) };
      for (let attempt = 1; ask && Object.keys(ask).length; attempt++) {
        if (attempt > 1) await pause(attempt);
        const { UnprocessedItems } = await table().send(new BatchWriteCommand({ RequestItems: ask as never }));
        ask = UnprocessedItems as typeof ask;
      }
    }
  };

  /**
   * Writes events that are said in volume (tracked behaviour): each item is its own outbox, 25 a call, no transaction.
   * One of the same place and id is written over and not said again.
   */
  const append = async (said: Saying[]) => {
    const items = said.map(one => eventItem(writer, one));
    // one call must not name an item twice
    await write([...new Map(items.map(Item => [`${Item.pk} ${Item.sk}`, { PutRequest: { Item } }])).values()]);
  };

  /** Moves items into another partition as `change` makes them. Copies come first: nothing is lost midway, and again is harmless. */
  const move = async (items: Item[], to: Place['of'], change: (item: Item) => Item) => {
    const moved = (item: Item): Item => ({ ...change(item), ...placeKey(tenant, { of: to, part: item.sk }) });
    await write(items.map(item => ({ PutRequest: { Item: moved(item) } })));
    await write(items.map(({ pk, sk }) => ({ DeleteRequest: { Key: { pk, sk } } })));
  };

  return {
    tenant,
    get,
    need,
    getAll,
    holder,
    holders,
    lookup,
    partition,
    range,
    owned,
    list,
    belonging,
    counters,
    commit,
    append,
    move,
  };
};

/** before asking again for what a busy table left undone */
const pause = (attempt: number) =>
  new Promise(resolve => setTimeout(resolve, Math.min(2 ** attempt * 10, 2000) * Math.random()));

/** the first failed condition says why */
const whyCancelled = (error: unknown, steps: Step[]) => {
  if (!(error instanceof TransactionCanceledException)) return error;
  const reasons = error.CancellationReasons ?? [];
  const refused = reasons.findIndex(({ Code }) => Code === 'ConditionalCheckFailed');
  if (refused >= 0) {
    const old = reasons[refused]?.Item;
    return steps[refused]?.failed(old && (unmarshall(old) as Item));
  }
  const conflict = reasons.some(({ Code }) => Code === 'TransactionConflict' || Code === 'ThrottlingError');
  return conflict ? new Changed('another transaction was faster', { cause: error }) : error;
};
