import { type Subject, singleNumbers } from '../customers/lookups/subject.ts';
import * as by from './comparisons.ts';
import { bitsOf, probabilityOf, weightOf } from './fellegi-sunter.ts';

type Evidence = { words: string; bits: number };

const compared = (comparisons: by.Comparison[], a: Subject, b: Subject): Evidence[] =>
  comparisons.flatMap(({ levels, levelOf }) => {
    const nth = levelOf(a, b);
    const level = nth === undefined ? undefined : levels[nth];
    return level ? [{ words: level.words, bits: weightOf(level) }] : [];
  });

const sum = (evidence: Evidence[]) => evidence.reduce((total, { bits }) => total + bits, 0);

const correction = (words: string, bits: number): Evidence[] => (bits ? [{ words, bits }] : []);

/** the share of compared pairs that are one customer */
const prior = bitsOf(2 ** -17);

/** one record in thirty has two values exchanged */
const exchangedBits = -5;

type Exchange = { comparisons: by.Comparison[]; exchanged: (subject: Subject) => Subject; words: string };

const names: Exchange = {
  comparisons: [by.givenName, by.familyName],
  exchanged: ({ given, family, ...rest }) => ({
    ...rest,
    ...(family ? { given: family } : {}),
    ...(given ? { family: given } : {}),
  }),
  words: 'given and family name exchanged',
};

const lines: Exchange = {
  comparisons: [by.street, by.district],
  exchanged: ({ street: first, district: second, ...rest }) => ({
    ...rest,
    ...(second ? { street: second } : {}),
    ...(first ? { district: first } : {}),
  }),
  words: 'lines of the address exchanged',
};

/** the values as they are, or exchanged where that explains more */
const eitherWay = ({ comparisons, exchanged, words }: Exchange, a: Subject, b: Subject) => {
  const straight = compared(comparisons, a, b);
  const other = compared(comparisons, a, exchanged(b));
  return sum(other) + exchangedBits > sum(straight) ? [...other, { words, bits: exchangedBits }] : straight;
};

/** one in ten moved between two records: then the whole address differs, which counts once */
const movedBits = Math.log2(0.1);

/** an address is one thing: evidence against from its parts counts once */
const addressOf = (a: Subject, b: Subject) => {
  const parts = [...eitherWay(lines, a, b), ...compared([by.houseNumber, by.locality, by.region, by.postcode], a, b)];
  return [...parts, ...correction('an address changes as a whole', Math.max(0, movedBits - sum(parts)))];
};

/** about two others live with a customer: what a household shares never counts for more than being one of it */
const householdBits = -prior - 1;

/** one in sixty of those who live together was born on the same day: twins, mostly */
const bornBits = 6;

/** What a household shares is not independent evidence: beyond what identifies the household it is subtracted. */
const householdOf = (a: Subject, b: Subject, home: Evidence[], born: Evidence[]) => {
  const shared = sum(home) + Math.max(0, sum(compared([by.familyName], a, b)));
  const beyond = Math.max(0, shared - householdBits);
  const twins = Math.max(0, Math.min(shared, householdBits) + sum(born) - householdBits - bornBits);
  return correction('households share this', -beyond - twins);
};

/** Whether two records are of one customer: the probability, and the evidence for and against. */
export const score = (a: Subject, b: Subject) => {
  const home = [...addressOf(a, b), ...compared([by.phone], a, b)];
  const born = compared([by.dateOfBirth], a, b);
  const evidence = [
    ...eitherWay(names, a, b),
    ...born,
    ...compared([by.organisationName, by.identifiers, by.email], a, b),
    ...home,
    ...householdOf(a, b, home, born),
  ];
  return { probability: probabilityOf(prior + sum(evidence)), evidence };
};

export type Scored = ReturnType<typeof score>;

const signed = (bits: number) => `${bits < 0 ? '-' : '+'}${Math.abs(bits).toFixed(1)}`;

/** the evidence in words, the strongest first: `same date of birth: +14.5` */
export const reasonsOf = (evidence: Evidence[]) =>
  [...evidence]
    .sort((a, b) => Math.abs(b.bits) - Math.abs(a.bits))
    .map(({ words, bits }) => `${words}: ${signed(bits)}`);

/** differences that no typing error, marriage or move explains */
const contradicting = new Set(
  [by.givenName, by.dateOfBirth, by.organisationName].map(({ levels }) => levels.at(-1)?.words),
);

/** What forbids to merge two records automatically, however much other evidence there is. */
export const contradictions = (a: Subject, b: Subject, { evidence }: Scored): string[] => [
  ...evidence.flatMap(({ words }) => (contradicting.has(words) ? [words] : [])),
  ...singleNumbers
    .filter(kind => a.identifiers[kind] && b.identifiers[kind] && a.identifiers[kind] !== b.identifiers[kind])
    .map(kind => `different ${kind} numbers`),
];
