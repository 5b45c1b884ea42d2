import { isDeepStrictEqual } from 'node:util';
import { Address, displayName, Profile, type StoredCustomer } from '../customers/customer.ts';
import { profileOf } from '../customers/profile.ts';
import { type FieldError, invalid } from '../shared/http/api-error.ts';
import { isObject, type Json, replacementPatch } from '../shared/json.ts';

export type Side = 'into' | 'from';

/** which record's value is to count, by attribute: `phone`, `address`, `address.postcode`, `attributes.size` */
export type Choices = Record<string, Side>;

/** two values of one attribute, which of them counts, and why */
export type Conflict = { attribute: string; into: unknown; from: unknown; wins: Side; why: string };

type Verdict = { wins: Side; why: string };

/** Decides between two values of an attribute, or between two addresses, where nobody chose. */
export type Rule = (attribute: string, into: StoredCustomer, from: StoredCustomer) => Verdict;

export const survivorKeeps: Rule = () => ({ wins: 'into', why: 'the customer that stays keeps what it has' });

/** attributes that have parts, each of which has a value of its own */
const inParts = new Set(['address', 'identifiers', 'attributes']);

const fields = Object.keys(Profile.shape).filter(name => name !== 'kind');

/** whether its name follows from the parts of its name */
export const isComposed = ({ name, ...parts }: Json) => name === undefined || name === displayName(parts);

/** what is said of two customers; their names are left out where they follow from the parts of their names */
const saidOf = (into: StoredCustomer, from: StoredCustomer): [Json, Json] => {
  const both: [Json, Json] = [profileOf(into), profileOf(from)];
  if (!both.every(isComposed)) return both;
  return both.map(({ name, ...said }) => said) as [Json, Json];
};

const partsOf = (said: Json, name: string) => (isObject(said[name]) ? (said[name] as Json) : {});

type Pair = { attribute: string; into: unknown; from: unknown };

/** all attributes that one of two records has, with both values */
const pairs = (into: Json, from: Json): Pair[] =>
  fields.flatMap(name => {
    if (!inParts.has(name)) return [{ attribute: name, into: into[name], from: from[name] }];
    const [mine, other] = [partsOf(into, name), partsOf(from, name)];
    return [...new Set([...Object.keys(mine), ...Object.keys(other)])].map(part => ({
      attribute: `${name}.${part}`,
      into: mine[part],
      from: other[part],
    }));
  });

const mostShown = 100;

/** refuses choices of attributes that there are none of */
const checkChoices = (choices: Choices, found: Pair[]) => {
  const known = new Set([
    ...fields,
    ...Object.keys(Address.shape).map(part => `address.${part}`),
    ...found.map(({ attribute }) => attribute),
  ]);
  const errors: FieldError[] = Object.keys(choices)
    .filter(attribute => !known.has(attribute))
    .map(attribute => ({
      path: `choices.${attribute.slice(0, mostShown)}`,
      message: 'is no attribute of either record',
    }));
  if (errors.length) throw invalid(errors);
};

/** Two addresses that differ in what both have are two places: the gaps of one are not filled from the other. */
const isOnePlace = (found: Pair[]) =>
  found
    .filter(({ attribute }) => attribute.startsWith('address.'))
    .every(({ into, from }) => into === undefined || from === undefined || isDeepStrictEqual(into, from));

/** what was chosen for an attribute, or for what it is a part of; a name that follows from its parts is one with them */
const chosen = (choices: Choices, attribute: string): Side | undefined =>
  choices[attribute] ??
  (attribute === 'givenName' || attribute === 'familyName' ? choices.name : choices[attribute.split('.')[0] ?? '']);

/** a patch that sets one attribute */
const setting = (patch: Json, attribute: string, value: unknown): Json => {
  const at = attribute.indexOf('.');
  if (at < 0) return { ...patch, [attribute]: value };
  const [name, part] = [attribute.slice(0, at), attribute.slice(at + 1)];
  return { ...patch, [name]: { ...partsOf(patch, name), [part]: value } };
};

export type MergedProfile = {
  /** a merge patch to the record that stays */
  patch: Json;
  conflicts: Conflict[];
  /** attributes that the record that stays had nothing for */
  filled: string[];
};

/**
 * What becomes of two profiles: where one has nothing the other's value counts; where both have one, what was chosen, else
 * what `rule` says. An address is taken whole: parts of two places make a third.
 */
export const mergeProfiles = (
  into: StoredCustomer,
  from: StoredCustomer,
  choices: Choices = {},
  rule: Rule = survivorKeeps,
): MergedProfile => {
  const found = pairs(...saidOf(into, from));
  checkChoices(choices, found);
  const otherPlace = isOnePlace(found) ? undefined : rule('address', into, from);
  const merged: MergedProfile = { patch: {}, conflicts: [], filled: [] };
  for (const { attribute, ...values } of found) {
    if (isDeepStrictEqual(values.into, values.from)) continue;
    const choice = chosen(choices, attribute);
    const ofPlace = attribute.startsWith('address.') ? otherPlace : undefined;
    const [isGap, isConflict] = [values.into === undefined, values.into !== undefined && values.from !== undefined];
    const byRule = ofPlace ?? (isConflict ? rule(attribute, into, from) : survivorKeeps(attribute, into, from));
    const decided: Verdict = choice ? { wins: choice, why: 'it was chosen' } : byRule;
    const wins = isGap && !choice && !ofPlace ? 'from' : decided.wins;
    if (isConflict) merged.conflicts.push({ attribute, ...values, ...decided });
    // a value is given up for a better one, or with the place that it is part of; never for none
    if (wins === 'into' || (values.from === undefined && !ofPlace)) continue;
    merged.patch = setting(merged.patch, attribute, replacementPatch(values.into, values.from ?? null));
    if (isGap) merged.filled.push(attribute);
  }
  return merged;
};
