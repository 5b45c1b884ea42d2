import { type Subject, singleNumbers } from '../customers/lookups/subject.ts';
import { dateLevel, emailLevel, givenLevel, nameLevel, numberLevel, textLevel } from '../shared/similarity/levels.ts';
import type { Odds } from './fellegi-sunter.ts';

type Level = Odds & { words: string };

/** One thing in which two records are alike or not. Levels run from the most alike to different. */
export type Comparison = {
  levels: Level[];
  /** the part whose values have shares among the customers */
  part?: Part;
  /** the place of the level; undefined: one of the two does not say, which is no evidence */
  levelOf: (a: Subject, b: Subject) => number | undefined;
};

/** the last has what the others leave */
type Rows = [...[words: string, m: number, u: number][], [words: string]];
type Named = Exclude<
  keyof Subject,
  'id' | 'kind' | 'country' | 'phone' | 'email' | 'phones' | 'emails' | 'identifiers' | 'sourceIds'
>;
export type Part = Named | 'phones' | 'emails';

const rest = (numbers: number[]) => 1 - numbers.reduce((sum, number) => sum + number, 0);

const levels = (rows: Rows): Level[] =>
  rows.map(([words, m = rest(rows.map(row => row[1] ?? 0)), u = rest(rows.map(row => row[2] ?? 0))]) => ({
    words,
    m,
    u,
  }));

const comparing = (part: Named, level: (a: string, b: string) => number, rows: Rows): Comparison => ({
  part,
  levels: levels(rows),
  levelOf: ({ [part]: a }, { [part]: b }) => (a && b ? level(a, b) : undefined),
});

/** of the values that each of two is known by, the two that are most alike */
const nearest = (part: 'phones' | 'emails', level: (a: string, b: string) => number, rows: Rows): Comparison => ({
  part,
  levels: levels(rows),
  levelOf: ({ [part]: mine }, { [part]: others }) =>
    mine.length && others.length ? Math.min(...mine.flatMap(a => others.map(b => level(a, b)))) : undefined,
});

/*
 * m: how people and clerks err, by common experience: nine in ten values are unchanged, most others by a slip, a few are
 * another value altogether (a move, a marriage, another telephone). u: how common values are. One in 150 shares a given name,
 * one in 500 a family name, one in 25,000 a date of birth. None of it was fitted to a file.
 */

export const givenName = comparing('given', givenLevel, [
  ['same given name', 0.84, 0.007],
  ['another form of the given name', 0.05, 0.0015],
  ['given name alike', 0.06, 0.0045],
  ['given name similar', 0.025, 0.03],
  ['different given names'],
]);

export const familyName = comparing('family', nameLevel, [
  ['same family name', 0.84, 0.002],
  ['family name alike', 0.09, 0.003],
  ['family name similar', 0.02, 0.025],
  ['different family names'],
]);

export const organisationName = comparing('organisation', textLevel, [
  ['same name', 0.8, 0.00001],
  ['name alike', 0.1, 0.00005],
  ['name similar', 0.06, 0.002],
  ['different names'],
]);

export const dateOfBirth = comparing('born', dateLevel, [
  ['same date of birth', 0.9, 0.00004],
  ['date of birth off by a slip', 0.05, 0.0012],
  ['date of birth agrees in two of day, month and year', 0.02, 0.005],
  ['different dates of birth'],
]);

export const houseNumber = comparing('number', numberLevel, [
  ['same house number', 0.85, 0.015],
  ['house number alike', 0.03, 0.02],
  ['house number similar', 0.01, 0.02],
  ['different house numbers'],
]);

export const street = comparing('street', textLevel, [
  ['same street', 0.78, 0.001],
  ['street alike', 0.1, 0.001],
  ['street similar', 0.03, 0.01],
  ['different streets'],
]);

export const district = comparing('district', textLevel, [
  ['same second line of the address', 0.75, 0.003],
  ['second line of the address alike', 0.1, 0.003],
  ['second line of the address similar', 0.04, 0.02],
  ['different second lines of the address'],
]);

export const locality = comparing('locality', textLevel, [
  ['same locality', 0.8, 0.01],
  ['locality alike', 0.08, 0.002],
  ['locality similar', 0.03, 0.02],
  ['different localities'],
]);

export const region = comparing('region', textLevel, [
  ['same region', 0.9, 0.25],
  ['region alike', 0.01, 0.01],
  ['region similar', 0.01, 0.04],
  ['different regions'],
]);

export const postcode = comparing('postcode', numberLevel, [
  ['same postcode', 0.83, 0.003],
  ['postcode off by one', 0.07, 0.02],
  ['postcode off by two', 0.01, 0.04],
  ['different postcodes'],
]);

export const phone = nearest('phones', numberLevel, [
  ['same phone number', 0.65, 0.000002],
  ['phone number off by one', 0.04, 0.00002],
  ['phone number off by two', 0.01, 0.0005],
  ['different phone numbers'],
]);

export const email = nearest('emails', emailLevel, [
  ['same e-mail mailbox', 0.4, 0.0000001],
  ['e-mail address off by a slip', 0.1, 0.00001],
  ['same e-mail name at another domain', 0.1, 0.0005],
  ['different e-mail addresses'],
]);

export const identifiers: Comparison = {
  levels: levels([
    ['same identifying number', 0.9, 0.000001],
    ['identifying number off by one', 0.05, 0.00005],
    ['identifying number off by two', 0.01, 0.001],
    ['different identifying numbers'],
  ]),
  levelOf: (a, b) => {
    const shared = Object.keys(a.identifiers).filter(kind => b.identifiers[kind]);
    const level = Math.min(...shared.map(kind => numberLevel(a.identifiers[kind]!, b.identifiers[kind]!)));
    return level < 3 || shared.some(kind => singleNumbers.includes(kind)) ? level : undefined;
  },
};

/** a source has one id for a customer, nine times in ten */
export const sourceIds: Comparison = {
  levels: levels([['same id of one source', 0.9, 0.000001], ['different ids of one source']]),
  levelOf: ({ sourceIds: mine }, { sourceIds: others }) =>
    Object.keys(mine).some(source => others[source])
      ? Number(Object.keys(mine).some(one => others[one] && mine[one] !== others[one]))
      : undefined,
};
