import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../runtime/service.ts';
import type { Properties } from '../template/properties.ts';
import type { Engine } from './engine.ts';
import type { Table } from './tables.ts';

/** how many deletes are remembered as TTL's own, until the stream shows them */
const remembered = 10_000;

const page = 100;

/** milliseconds that items outlive their time: with RAPPORT_TTL=late as long as DynamoDB may take at worst, with `random` up to that */
const latenessOf = (mode = '') => ({ late: 1, random: Math.random() })[mode] ?? 0;
const lateness = latenessOf(process.env.RAPPORT_TTL) * 48 * 3_600_000;

export type Expiry = {
  /** the next instant an item of a table expires at, epoch milliseconds */
  next(): number | undefined;
  /** the engine's file is not here: what expires next is not known, only a scan finds what has */
  blind: boolean;
  sweep(): Promise<void>;
  /** whether the item with these keys (JSON) was deleted for its age; true once */
  expired(keys: string): boolean;
};

type Key = Record<string, Record<string, string>>;

/** an index over the engine's own rows, so that finding what expires next costs nothing */
const indexed = ({ db }: Engine, { name, ttlAttribute }: Table) => {
  if (!db) return undefined;
  const seconds = `CAST(json_extract(item_json, '$."${ttlAttribute}".N') AS INTEGER)`;
  const has = `json_extract(item_json, '$."${ttlAttribute}".N') IS NOT NULL`;
  db.exec(`CREATE INDEX IF NOT EXISTS "rapport_ttl_${name}" ON "${name}" (${seconds}) WHERE ${has}`);
  return {
    next: db.prepare(`SELECT MIN(${seconds}) AS at FROM "${name}" WHERE ${has}`),
    due: db.prepare(
      `SELECT item_json FROM "${name}" WHERE ${has} AND ${seconds} <= ? ORDER BY ${seconds} LIMIT ${page}`,
    ),
  };
};

const keyOf = (item: Properties, keys: string[]): Key => Object.fromEntries(keys.map(key => [key, item[key]]));

const canonical = (key: Key) => JSON.stringify(Object.entries(key).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Deletes items whose time to live has passed by the runtime's clock, unless it was renewed. */
export const openExpiry = (engine: Engine, tables: Table[], clock: Clock): Expiry => {
  const watched = tables
    .filter(({ ttlAttribute }) => ttlAttribute)
    .map(table => ({ table, rows: indexed(engine, table) }));
  const deleted = new Set<string>();

  const remove = async ({ name, keys, ttlAttribute }: Table, item: Properties, now: number) => {
    const key = keyOf(item, keys);
    const mark = canonical(key);
    deleted.add(mark);
    if (deleted.size > remembered) deleted.delete(deleted.values().next().value!);
    const condition = {
      ConditionExpression: '#ttl <= :now',
      ExpressionAttributeNames: { '#ttl': ttlAttribute },
      ExpressionAttributeValues: { ':now': { N: String(now) } },
    };
    await engine.call('DynamoDB.DeleteItem', { TableName: name, Key: key, ...condition }).catch(error => {
      deleted.delete(mark);
      if (error.code !== 'ConditionalCheckFailedException') throw error; // renewed meanwhile
    });
  };
  const scan = async ({ name, ttlAttribute }: Table, now: number): Promise<Properties[]> => {
    const found: Properties[] = [];
    let ExclusiveStartKey: unknown;
    do {
      const reply = await engine.call<Properties>('DynamoDB.Scan', {
        TableName: name,
        FilterExpression: '#ttl <= :now',
        ExpressionAttributeNames: { '#ttl': ttlAttribute },
        ExpressionAttributeValues: { ':now': { N: String(now) } },
        ...(ExclusiveStartKey ? { ExclusiveStartKey } : {}),
      });
      found.push(...reply.Items);
      ExclusiveStartKey = reply.LastEvaluatedKey;
    } while (ExclusiveStartKey);
    return found;
  };

  return {
    blind: watched.some(({ rows }) => !rows),
    next() {
      const times = watched.map(({ rows }) => rows?.next.get()?.at).filter(at => typeof at === 'number');
      return times.length ? Math.min(...times) * 1000 + lateness : undefined;
    },
    async sweep() {
      const now = Math.floor((clock.now() - lateness) / 1000);
      for (const { table, rows } of watched) {
        let items: Properties[];
        do {
          items = rows
            ? rows.due.all(now).map(({ item_json }) => JSON.parse(String(item_json)))
            : await scan(table, now);
          for (const item of items) await remove(table, item, now);
          await sleep(0);
        } while (rows && items.length === page);
      }
    },
    expired: keys => deleted.delete(canonical(JSON.parse(keys))),
  };
};
