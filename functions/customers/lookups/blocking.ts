import { shardOf } from '../../shared/store/entity.ts';
import type { StoredCustomer } from '../customer.ts';
import { type Subject, subjectOf } from './subject.ts';

const end = '|';

/** the block of a key: what two records must share to be compared; the rest sorts the block by name */
export const blockOf = (key: string) => key.slice(0, key.lastIndexOf(end) + 1);

export const nameIn = (key: string) => key.slice(key.lastIndexOf(end) + 1);

const longest = 300;

export const near = {
  /** from this size on, only the nearest names of a block are compared */
  block: 50,
  /** up to this size, a block is compared as a whole; of a larger one without entirely different names */
  small: 10,
  eitherSide: 12,
};

const mailbox = ({ kind, email }: Subject) => {
  const [local, domain] = email?.split('@') ?? [];
  return kind === 'person' ? local && ['mail', local] : domain && ['domain', domain];
};

const place = ({ postcode, locality, number, street }: Subject) => {
  const [where, door] =
    street && number ? [street.slice(0, 5), number] : [postcode ?? locality, number ?? street?.slice(0, 5)];
  return where && door && ['place', `${door} ${where}`];
};

export const numberBlock = (kind: Subject['kind'], value: string) => `${kind} id ${value}${end}`;

/** The keys that duplicates of a customer share, besides names and phone number, which are lookups anyway. Each is an item of the store. */
export const keysOf = (subject: Subject): string[] => {
  const { kind, born, family, given, organisation, identifiers } = subject;
  const blocks = [
    ...[...new Set(Object.values(identifiers))].map(value => ['id', value]),
    born && ['born', born],
    place(subject),
    mailbox(subject),
  ];
  const name = organisation ?? [family, given].filter(Boolean).join(' ');
  return blocks.flatMap(block =>
    block ? [`${kind} ${block.join(' ')}${end}${name}`.slice(0, longest).toWellFormed()] : [],
  );
};

export const blockingKeys = (customer: StoredCustomer) => keysOf(subjectOf(customer));

// partitions of the lookups: many enough for writes, few enough to page through all of them
const shards = { block: 32, other: 16 };

const numbered = (count: number) => Array.from({ length: count }, (_, nth) => String(nth));

const letters = Array.from('0123456789abcdefghijklmnopqrstuvwxyz');

export const blockBucket = (key: string) => String(shardOf(blockOf(key), shards.block));

/** the first character, which may be a surrogate pair */
const firstCharacter = (text: string) => Array.from(text.slice(0, 2))[0] ?? '';

/** by the last digit: numbers are stored backwards */
export const phoneBucket = firstCharacter;

const ofOther = (shard: string) => `other ${shard}`;

/** by the first letter: names are looked up by prefix */
export const nameBucket = (name: string) => {
  const letter = firstCharacter(name);
  return letters.includes(letter) ? letter : ofOther(String(shardOf(letter, shards.other)));
};

export const buckets = {
  block: numbered(shards.block),
  phone: numbered(10),
  name: [...letters, ...numbered(shards.other).map(ofOther)],
};
