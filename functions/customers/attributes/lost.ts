import { isDeepStrictEqual } from 'node:util';
import type { Profile, StoredCustomer } from '../customer.ts';
import { isComposedName, originOf } from './origins.ts';
import { valuesOf, withValue } from './paths.ts';
import type { Gone, Kept, Origin } from './provenance.ts';
import { type Asked, originFor } from './settle.ts';
import { contest } from './survivorship.ts';

type Json = Record<string, unknown>;

export type Lost = Kept & { old: boolean };

const isPlace = (attribute: string) => attribute.startsWith('address.');

/** a longer value is kept by its beginning */
const mostCharacters = 1000;

const json = (value: unknown): Kept['value'] => {
  const text = JSON.stringify(value ?? null);
  return text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : (JSON.parse(text) as Kept['value']);
};

/** the attributes that are said otherwise than they stand; a name that follows from its parts is not said */
const differing = ({ was, wanted }: Asked) => {
  const [had, has] = [valuesOf(was), valuesOf(wanted)];
  const bothComposed = isComposedName(was) && isComposedName(wanted);
  return [...new Set([...had.keys(), ...has.keys()])]
    .filter(attribute => !(attribute === 'name' && bothComposed))
    .map(attribute => ({ attribute, had: had.get(attribute), has: has.get(attribute) }))
    .filter(one => !isDeepStrictEqual(one.had, one.has));
};

const goneOf = ({ provenance }: StoredCustomer, attribute: string) =>
  provenance?.gone?.find(one => one.attribute === attribute)?.origin;

/** What is said and does not count. Parts of two places make a third: an address is lost whole. */
export const lostOf = (asked: Asked, said: Origin): Lost[] => {
  const { now, before, writing } = asked;
  if (writing.decides) return [];
  const all = differing(asked);
  const lost = all.flatMap(({ attribute, had, has }): Lost[] => {
    const first = had === undefined ? goneOf(before, attribute) : originOf(before, attribute);
    if (!first) return [];
    const verdict = contest({ attribute, first, second: said }, { settings: writing.settings, now });
    if (verdict?.wins !== 'first') return [];
    const old = first.source === said.source && said.observedAt < first.observedAt;
    return [{ attribute, value: json(has), origin: said, why: verdict.why, old }];
  });
  const place = lost.find(({ attribute }) => isPlace(attribute));
  if (!place) return lost;
  const whole = all.filter(({ attribute }) => isPlace(attribute));
  return [
    ...lost.filter(({ attribute }) => !isPlace(attribute)),
    ...whole.map(({ attribute, has }) => ({ ...place, attribute, value: json(has) })),
  ];
};

/** What stood by the word of another source and gives way: kept like what comes later and does not count. */
export const givenWay = (asked: Asked, profile: Profile): Kept[] => {
  const { now, before, writing } = asked;
  if (writing.decides) return [];
  return differing({ ...asked, wanted: profile }).flatMap(({ attribute, had, has }): Kept[] => {
    if (had === undefined || has === undefined) return [];
    const first = originOf(before, attribute);
    const second = originFor(asked, attribute, has);
    if (first.source === second.source) return [];
    const verdict = contest({ attribute, first, second }, { settings: writing.settings, now });
    return [{ attribute, value: json(had), origin: first, why: verdict?.why ?? 'the other was said later' }];
  });
};

/** a profile with what was said and does not count as it was before */
export const withoutLost = ({ was, wanted }: Asked, lost: Lost[]) => {
  const had = valuesOf(was);
  if (isComposedName(was)) had.delete('name');
  const uncomposed = isComposedName(wanted) ? { ...wanted, name: undefined } : wanted;
  return lost.reduce<Json>(
    (profile, { attribute }) => withValue(profile, attribute, had.get(attribute)),
    uncomposed,
  ) as Profile;
};

/** what has been taken away and has no value again, the latest first */
export const goneBy = ({ before, was }: Asked, profile: Profile, origin: Origin): Gone[] => {
  const has = valuesOf(profile);
  const left = (before.provenance?.gone ?? []).filter(({ attribute }) => !has.has(attribute));
  const taken = [...valuesOf(was).keys()].filter(attribute => !has.has(attribute));
  return [
    ...taken.map(attribute => ({ attribute, origin })),
    ...left.filter(({ attribute }) => !taken.includes(attribute)),
  ];
};
