import { shardOf } from '../../shared/store/entity.ts';
import { blockOf } from './blocking.ts';

/*
 * What customers are found by is filed in so many partitions, each in the order of the values, that no one is written to too
 * often, and so few that all of it can be gone through page by page.
 */
const shards = { block: 32, other: 16 };

const numbered = (count: number) => Array.from({ length: count }, (_, nth) => String(nth));

const letters = Array.from('0123456789abcdefghijklmnopqrstuvwxyz');

/** a block as a whole is in one */
export const blockBucket = (key: string) => String(shardOf(blockOf(key), shards.block));

/** what is looked for may begin with a character of two halves */
const begins = (text: string) => Array.from(text.slice(0, 2))[0] ?? '';

/** by the last digit, which comes first in how it is filed */
export const phoneBucket = begins;

const ofOther = (shard: string) => `other ${shard}`;

/** by the first letter: a name is looked up by its beginning */
export const nameBucket = (name: string) => {
  const letter = begins(name);
  return letters.includes(letter) ? letter : ofOther(String(shardOf(letter, shards.other)));
};

export const buckets = {
  block: numbered(shards.block),
  phone: numbered(10),
  name: [...letters, ...numbered(shards.other).map(ofOther)],
};
