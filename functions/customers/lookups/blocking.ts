import type { StoredCustomer } from '../customer.ts';
import { type Subject, subjectOf } from './subject.ts';

const end = '|';

/** the block that a key is of: what two records must share to be compared; what follows sorts the block by name */
export const blockOf = (key: string) => key.slice(0, key.lastIndexOf(end) + 1);

/** the name that a key is sorted by */
export const nameIn = (key: string) => key.slice(key.lastIndexOf(end) + 1);

const longest = 300;

/** how far is looked around a record */
export const near = {
  /** of a block with so many records, or more, only those with the nearest names are looked at */
  block: 50,
  /** a block so small is taken whole; of a larger one those whose name is quite another are left out */
  small: 10,
  /** so many to either side are the nearest */
  eitherSide: 12,
};

const mailbox = ({ kind, email }: Subject) => {
  const [local, domain] = email?.split('@') ?? [];
  return kind === 'person' ? local && ['mail', local] : domain && ['domain', domain];
};

/** house number and how the street begins; where one is missing, the next best */
const place = ({ postcode, locality, number, street }: Subject) => {
  const [where, door] =
    street && number ? [street.slice(0, 5), number] : [postcode ?? locality, number ?? street?.slice(0, 5)];
  return where && door && ['place', `${door} ${where}`];
};

/** what the block of a number begins with, whatever the number is called */
export const numberBlock = (kind: Subject['kind'], value: string) => `${kind} id ${value}${end}`;

/**
 * What a customer is found by when another record of it is looked for, besides its names and its phone number, which are
 * looked up by anyway. Each key is an item of the store: so few, and none for what is not known.
 */
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
