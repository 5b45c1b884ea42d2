import { type Subject, singleNumbers } from '../customers/lookups/subject.ts';
import * as by from './comparisons.ts';
import { bitsOf, probabilityOf, weightOf } from './fellegi-sunter.ts';
import { noShares, type Shares } from './shares.ts';

type Evidence = { words: string; bits: number };

type Two = { a: Subject; b: Subject; shares: Shares };

/** how many customers have the value that two have in common */
const shareOf = (part: by.Part | undefined, { a, b, shares }: Two) => {
  if (!part) return 0;
  const others = new Set([b[part] ?? []].flat());
  return Math.max(0, ...[a[part] ?? []].flat().map(value => (others.has(value) ? shares(part, value) : 0)));
};

const compared = (comparisons: by.Comparison[], two: Two): Evidence[] =>
  comparisons.flatMap(({ levels, levelOf, part }) => {
    const nth = levelOf(two.a, two.b);
    const level = nth === undefined ? undefined : levels[nth];
    if (!level) return [];
    const share = nth === 0 ? shareOf(part, two) : 0;
    if (share <= level.u) return [{ words: level.words, bits: weightOf(level) }];
    return [{ words: `${level.words}, as many have it`, bits: weightOf({ ...level, u: Math.min(share, level.m) }) }];
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
const eitherWay = ({ comparisons, exchanged, words }: Exchange, two: Two) => {
  const straight = compared(comparisons, two);
  const other = compared(comparisons, { ...two, b: exchanged(two.b) });
  return sum(other) + exchangedBits > sum(straight) ? [...other, { words, bits: exchangedBits }] : straight;
};

/** one in ten moved between two records: then the whole address differs, which counts once */
const movedBits = Math.log2(0.1);

/** a postcode, its locality and its region are one place: what the others say for it is no further evidence */
const placeOf = (two: Two) => {
  const parts = compared([by.locality, by.region, by.postcode], two);
  const agreeing = parts.filter(({ bits }) => bits > 0);
  const most = Math.max(0, ...agreeing.map(({ bits }) => bits));
  return [...parts, ...correction('one place, said in several ways', most - sum(agreeing))];
};

/** an address is one thing: evidence against from its parts counts once */
const addressOf = (two: Two) => {
  const parts = [...eitherWay(lines, two), ...compared([by.houseNumber], two), ...placeOf(two)];
  return [...parts, ...correction('an address changes as a whole', Math.max(0, movedBits - sum(parts)))];
};

/** about two others live with a customer: what a household shares never counts for more than being one of it */
const householdBits = -prior - 1;

/** one in sixty of those who live together was born on the same day: twins, mostly */
const bornBits = 6;

/** What a household shares is not independent evidence: beyond what identifies the household it is subtracted. */
const householdOf = (two: Two, home: Evidence[], born: Evidence[]) => {
  const shared = sum(home) + Math.max(0, sum(compared([by.familyName], two)));
  const beyond = Math.max(0, shared - householdBits);
  const twins = Math.max(0, Math.min(shared, householdBits) + sum(born) - householdBits - bornBits);
  return correction('households share this', -beyond - twins);
};

const sameSingleNumber = (a: Subject, b: Subject) =>
  singleNumbers.some(kind => a.identifiers[kind] && a.identifiers[kind] === b.identifiers[kind]);

/** one of two records with a number that only one customer has is wrong: a person looks at it, whatever differs */
const leastBits = 1;

const numberOf = ({ a, b }: Two, evidence: Evidence[]) =>
  correction(
    'only one customer has that number',
    sameSingleNumber(a, b) ? Math.max(0, leastBits - prior - sum(evidence)) : 0,
  );

/** Whether two records are of one customer: the probability, and the evidence for and against. */
export const score = (a: Subject, b: Subject, shares = noShares) => {
  const two = { a, b, shares };
  const home = [...addressOf(two), ...compared([by.phone], two)];
  const born = compared([by.dateOfBirth], two);
  const found = [
    ...eitherWay(names, two),
    ...born,
    ...compared([by.organisationName, by.identifiers, by.sourceIds, by.email], two),
    ...home,
    ...householdOf(two, home, born),
  ];
  const evidence = [...found, ...numberOf(two, found)];
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
  [by.givenName, by.dateOfBirth, by.organisationName, by.sourceIds].map(({ levels }) => levels.at(-1)?.words),
);

const [, , alikeGiven, similarGiven] = by.givenName.levels.map(({ words }) => words);
const differentFamily = by.familyName.levels.at(-1)?.words;

/** Twins have like names, one birthday and one home; a married name alone leaves too little. */
const onlyAlike = (a: Subject, b: Subject, { evidence }: Scored): string[] => {
  const has = (start: string | undefined) => evidence.some(({ words }) => start && words.startsWith(start));
  if (a.kind !== 'person') return [];
  const isKnown = sameSingleNumber(a, b);
  const isAlike = !isKnown && (has(alikeGiven) || has(similarGiven));
  const isUnnamed = !isKnown && !(a.given && b.given) && !has(by.email.levels[0]?.words);
  const isOther = has(differentFamily) && !has(by.dateOfBirth.levels[0]?.words);
  return [
    ...(isAlike ? ['given names that are only alike may be of twins or relatives'] : []),
    ...(isUnnamed ? ['a given name is missing'] : []),
    ...(isOther ? ['different family names, and not the same date of birth'] : []),
  ];
};

/** What forbids to merge two records automatically, however much other evidence there is. */
export const contradictions = (a: Subject, b: Subject, scored: Scored): string[] => [
  ...onlyAlike(a, b, scored),
  ...scored.evidence.flatMap(({ words }) => (contradicting.has(words) ? [words] : [])),
  ...singleNumbers
    .filter(kind => a.identifiers[kind] && b.identifiers[kind] && a.identifiers[kind] !== b.identifiers[kind])
    .map(kind => `different ${kind} numbers`),
];
