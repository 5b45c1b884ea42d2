import { env } from '../aws/env.ts';
import { mapConcurrent } from '../map-concurrent.ts';
import type { Item } from './entity.ts';
import { pause } from './retry-on-conflict.ts';
import { table } from './table.ts';

type Key = { pk: string; sk: string };
type Ask = { [table: string]: { Keys: Key[]; ConsistentRead: boolean } };

const mostKeys = 100;

const named = ({ pk, sk }: Key) => `${pk} ${sk}`;

const mostCalls = 8;

/** Reads items by their keys, a call a hundred, strongly consistent; gives what finds them. A key may be named twice. `tenant`: whose, where of one company. */
export const batchGet = async (tenant: string | undefined, keys: Key[]) => {
  const found = new Map<string, Item>();
  const wanted = [...new Map(keys.map(key => [named(key), key])).values()];
  const readPage = async (at: number) => {
    let ask: Ask | undefined = { [env.table()]: { Keys: wanted.slice(at, at + mostKeys), ConsistentRead: true } };
    for (let attempt = 1; ask && Object.keys(ask).length; attempt++) {
      if (attempt > 1) await pause(attempt);
      const { Responses, UnprocessedKeys } = await table(tenant).batchGet({ RequestItems: ask });
      for (const item of Responses?.[env.table()] ?? []) found.set(named(item as Item), item as Item);
      ask = UnprocessedKeys as Ask | undefined;
    }
  };
  const pages = Array.from({ length: Math.ceil(wanted.length / mostKeys) }, (_, nth) => nth * mostKeys);
  await mapConcurrent(pages, mostCalls, readPage);
  return (key: Key) => found.get(named(key));
};
