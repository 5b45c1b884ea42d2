import type { Subject } from '../customers/lookups/subject.ts';
import {
  type Comparison,
  dateOfBirth,
  district,
  email,
  familyName,
  givenName,
  houseNumber,
  identifiers,
  locality,
  organisationName,
  phone,
  postcode,
  region,
  street,
} from './comparisons.ts';
import { bitsOf, probabilityOf, weightOf } from './fellegi-sunter.ts';

/** one piece of evidence, in bits for (above 0) or against one customer */
export type Evidence = { words: string; bits: number };

const compared = (comparisons: Comparison[], a: Subject, b: Subject): Evidence[] =>
  comparisons.flatMap(({ levels, levelOf }) => {
    const nth = levelOf(a, b);
    const level = nth === undefined ? undefined : levels[nth];
    return level ? [{ words: level.words, bits: weightOf(level) }] : [];
  });

const sum = (evidence: Evidence[]) => evidence.reduce((total, { bits }) => total + bits, 0);

const correction = (words: string, bits: number): Evidence[] => (bits ? [{ words, bits }] : []);

/** before anything is compared: so many of the pairs that are looked at are one customer */
const prior = bitsOf(2 ** -17);

/** one record in thirty has two values in each other's place */
const exchangedBits = -5;

type Exchange = { comparisons: Comparison[]; exchanged: (subject: Subject) => Subject; words: string };

const names: Exchange = {
  comparisons: [givenName, familyName],
  exchanged: ({ given, family, ...rest }) => ({
    ...rest,
    ...(family ? { given: family } : {}),
    ...(given ? { family: given } : {}),
  }),
  words: 'given and family name exchanged',
};

const lines: Exchange = {
  comparisons: [street, district],
  exchanged: ({ street: first, district: second, ...rest }) => ({
    ...rest,
    ...(second ? { street: second } : {}),
    ...(first ? { district: first } : {}),
  }),
  words: 'lines of the address exchanged',
};

/** as the values stand, or as they would stand exchanged where that explains more */
const eitherWay = ({ comparisons, exchanged, words }: Exchange, a: Subject, b: Subject) => {
  const straight = compared(comparisons, a, b);
  const other = compared(comparisons, a, exchanged(b));
  return sum(other) + exchangedBits > sum(straight) ? [...other, { words, bits: exchangedBits }] : straight;
};

/** one in ten has moved between two records: then the whole address differs, and says so once */
const movedBits = Math.log2(0.1);

/** an address is one thing: what its parts say against, they say together */
const addressOf = (a: Subject, b: Subject) => {
  const parts = [...eitherWay(lines, a, b), ...compared([houseNumber, locality, region, postcode], a, b)];
  return [...parts, ...correction('an address changes as a whole', Math.max(0, movedBits - sum(parts)))];
};

/** about two others live with a customer: all that a household shares never says more than that it is one of them */
const householdBits = -prior - 1;

/** one in sixty of those who live together was born on the same day: twins, mostly */
const bornBits = 6;

/**
 * What everybody of a household has in common - family name, address, telephone, and twins their birthday - is not evidence upon
 * evidence: beyond what makes it that household it is taken off.
 */
const householdOf = (a: Subject, b: Subject, home: Evidence[], born: Evidence[]) => {
  const shared = sum(home) + Math.max(0, sum(compared([familyName], a, b)));
  const beyond = Math.max(0, shared - householdBits);
  const twins = Math.max(0, Math.min(shared, householdBits) + sum(born) - householdBits - bornBits);
  return correction('households share this', -beyond - twins);
};

/** Whether two records are of one customer: the probability, and the evidence for and against. */
export const score = (a: Subject, b: Subject) => {
  const home = [...addressOf(a, b), ...compared([phone], a, b)];
  const born = compared([dateOfBirth], a, b);
  const evidence = [
    ...eitherWay(names, a, b),
    ...born,
    ...compared([organisationName, identifiers, email], a, b),
    ...home,
    ...householdOf(a, b, home, born),
  ];
  return { probability: probabilityOf(prior + sum(evidence)), evidence };
};

export type Scored = ReturnType<typeof score>;
