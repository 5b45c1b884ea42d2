import { isDeepStrictEqual } from 'node:util';
import { isComposedName, originOf } from '../customers/attributes/origins.ts';
import { valuesOf } from '../customers/attributes/paths.ts';
import type { Origin } from '../customers/attributes/provenance.ts';
import { contest, orderOf } from '../customers/attributes/survivorship.ts';
import { Address, Profile, type StoredCustomer } from '../customers/customer.ts';
import { profileOf } from '../customers/profile.ts';
import { replacingPatch } from '../customers/reverse-values.ts';
import type { Criterion, CustomerSettings } from '../customers/settings.ts';
import { type FieldError, invalid } from '../shared/http/api-error.ts';
import { isObject, type Json } from '../shared/json.ts';
import { lazily } from '../shared/lazily.ts';

export type Side = 'into' | 'from';

export type Choices = Record<string, Side>;

export type Conflict = { attribute: string; into: unknown; from: unknown; wins: Side; why: string };

type Verdict = { wins: Side; why: string };

/** Decides between two values of an attribute, or between two addresses, without a choice. */
type Rule = (attribute: string, into: StoredCustomer, from: StoredCustomer) => Verdict;

const survivorWins: Rule = () => ({ wins: 'into', why: 'the customer that stays keeps its value' });

/** a newer value alone does not replace one of the record that was chosen to stay */
const usually: Criterion[] = ['verified', 'rank'];

/** Of two values the one of better standing by the company's rules; else the one of the record that stays. */
export const byStanding = (settings: CustomerSettings, now: string): Rule => {
  const verdictOf = (attribute: string, first: Origin, second: Origin) =>
    contest({ attribute, first, second }, { settings, now }, orderOf(settings, attribute) ?? usually);
  const standing = (customer: StoredCustomer, attribute: string): Origin => {
    const parts = [...valuesOf(profileOf(customer)).keys()].filter(one => one.startsWith(`${attribute}.`));
    if (!parts.length) return originOf(customer, attribute);
    return parts
      .map(part => originOf(customer, part))
      .reduce((best, one) => (verdictOf(attribute, best, one)?.wins === 'second' ? one : best));
  };
  return (attribute, into, from) => {
    const verdict = verdictOf(attribute, standing(into, attribute), standing(from, attribute));
    if (!verdict) return survivorWins(attribute, into, from);
    return { wins: verdict.wins === 'first' ? 'into' : 'from', why: verdict.why };
  };
};

const inParts = new Set(['address', 'identifiers', 'attributes']);

const fields = lazily(() => Object.keys(Profile.shape).filter(name => name !== 'kind'));

/** both profiles, without their names if both are composed of their parts */
const profilesOf = (into: StoredCustomer, from: StoredCustomer): [Json, Json] => {
  const both = [profileOf(into), profileOf(from)] as [Profile, Profile];
  if (!both.every(isComposedName)) return both;
  const [a, b] = both.map(({ name: _, ...profile }) => profile);
  return [a!, b!];
};

const partsOf = (profile: Json, name: string) => (isObject(profile[name]) ? (profile[name] as Json) : {});

type Pair = { attribute: string; into: unknown; from: unknown };

/** all attributes for which one of two records has a value, with both values */
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
      message: 'is not an attribute of either record',
    }));
  if (errors.length) throw invalid(errors);
};

/** Addresses that differ in a part that both have are two places: the gaps of one are not filled from the other. */
const isOnePlace = (found: Pair[]) =>
  found
    .filter(({ attribute }) => attribute.startsWith('address.'))
    .every(({ into, from }) => into === undefined || from === undefined || isDeepStrictEqual(into, from));

/** the choice for an attribute, or for what it is a part of; a composed name is chosen with its parts */
const chosen = (choices: Choices, attribute: string): Side | undefined =>
  choices[attribute] ??
  (attribute === 'givenName' || attribute === 'familyName' ? choices.name : choices[attribute.split('.')[0] ?? '']);

const setting = (patch: Json, attribute: string, value: unknown): Json => {
  const at = attribute.indexOf('.');
  if (at < 0) return { ...patch, [attribute]: value };
  const [name, part] = [attribute.slice(0, at), attribute.slice(at + 1)];
  return { ...patch, [name]: { ...partsOf(patch, name), [part]: value } };
};

type MergedProfile = {
  patch: Json;
  conflicts: Conflict[];
  filled: string[];
};

/** Where both have a value, the choice counts, else the rule. An address is taken as a whole: parts of two make a third. */
export const mergeProfiles = (
  into: StoredCustomer,
  from: StoredCustomer,
  choices: Choices = {},
  rule: Rule = survivorWins,
): MergedProfile => {
  const found = pairs(...profilesOf(into, from));
  checkChoices(choices, found);
  const otherPlace = isOnePlace(found) ? undefined : rule('address', into, from);
  const merged: MergedProfile = { patch: {}, conflicts: [], filled: [] };
  for (const { attribute, ...values } of found) {
    if (isDeepStrictEqual(values.into, values.from)) continue;
    const choice = chosen(choices, attribute);
    const byPlace = attribute.startsWith('address.') ? otherPlace : undefined;
    const [isGap, isConflict] = [values.into === undefined, values.into !== undefined && values.from !== undefined];
    const byRule = byPlace ?? (isConflict ? rule(attribute, into, from) : survivorWins(attribute, into, from));
    const decided: Verdict = choice ? { wins: choice, why: 'it was chosen' } : byRule;
    const wins = isGap && !choice && !byPlace ? 'from' : decided.wins;
    if (isConflict) merged.conflicts.push({ attribute, ...values, ...decided });
    // a value is replaced by a better one, or removed with its address; never replaced by none
    if (wins === 'into' || (values.from === undefined && !byPlace)) continue;
    merged.patch = setting(merged.patch, attribute, replacingPatch(values.into, values.from ?? null));
    if (isGap) merged.filled.push(attribute);
  }
  return merged;
};
