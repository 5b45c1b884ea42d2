import { isDeepStrictEqual } from 'node:util';
import { minus, toIso, toMs } from '../../shared/time/duration.ts';
import type { Profile, StoredCustomer } from '../customer.ts';
import type { CustomerSettings } from '../settings.ts';
import { computedSource } from './computed-definitions.ts';
import { standingOf } from './confidence.ts';
import type { Checks } from './defined-values.ts';
import { givenWay, goneBy, type Lost, lostOf, withoutLost } from './lost.ts';
import { isComposedName, originOf, packed } from './origins.ts';
import { valuesOf } from './paths.ts';
import type { Kept, Origin, Provenance, Verified } from './provenance.ts';
import { contest } from './survivorship.ts';

/** Who writes a customer, and with what standing. */
export type Writing = {
  settings: CustomerSettings;
  source: string;
  /** when it was so; now unless said */
  observedAt?: string | undefined;
  verified?: (Omit<Verified, 'at'> & { at?: string | undefined }) | undefined;
  confidence?: number | undefined;
  /** somebody decides: what is said counts, whatever was said before */
  decides?: boolean;
  /** where a value comes from, where not all come from one place; undefined where it is not from there */
  each?: (attribute: string, value: unknown) => Origin | undefined;
  /** `all` unless said */
  checks?: Checks;
};

type Json = Record<string, unknown>;

export type Asked = {
  now: string;
  before: StoredCustomer;
  was: Profile;
  wanted: Profile;
  patch: Json;
  writing: Writing;
};

/** the origin of what is said now; nothing is observed before it is so */
export const originSaid = (now: string, { source, observedAt = now, verified, confidence }: Writing): Origin => {
  const upTo = (instant: string) => toIso(Math.min(toMs(instant), toMs(now)));
  const at = upTo(observedAt);
  return {
    source,
    observedAt: at,
    ...(verified ? { verified: { ...verified, at: verified.at === undefined ? at : upTo(verified.at) } } : {}),
    ...(confidence === undefined ? {} : { confidence }),
  };
};

/** the origin of a value that is said now */
export const originFor = ({ now, writing }: Asked, attribute: string, value: unknown): Origin =>
  writing.each?.(attribute, value) ?? originSaid(now, writing);

/** the attributes of a profile that have a value of their own */
export const ownValues = (profile: Profile) => {
  const values = valuesOf(profile);
  if (isComposedName(profile)) values.delete('name');
  return values;
};

/** the origins of a new profile */
export const firstProvenance = (now: string, profile: Profile, writing: Writing): Provenance => {
  const origin = originSaid(now, writing);
  return packed(new Map([...ownValues(profile).keys()].map(attribute => [attribute, origin])), []);
};

/** the same word of the same source is written again when the last time is that long ago, not with every call */
const saidAnew = 'P7D';

const isAnew = (last: Origin, { observedAt }: Origin) => last.observedAt < minus(observedAt, saidAnew);

/** A value that is said again is observed again; who verified it did. Its source is who ranks higher, else who said it last. */
const saidAgain = (last: Origin, said: Origin, { writing }: Asked) => {
  // each event that comes to the same value says it anew
  if (writing.source === computedSource) return { origin: said, due: !isDeepStrictEqual(said, last) };
  const rankOf = ({ source }: Origin) => standingOf(writing.settings, source).rank;
  const later = said.observedAt > last.observedAt;
  const { source, confidence } = rankOf(said) > rankOf(last) || (rankOf(said) === rankOf(last) && later) ? said : last;
  const verified = said.verified ?? last.verified;
  const origin: Origin = {
    source,
    observedAt: later ? said.observedAt : last.observedAt,
    ...(verified ? { verified } : {}),
    ...(confidence === undefined ? {} : { confidence }),
  };
  const { at, by } = last.verified ?? {};
  const verifiedAnew = said.verified && (said.verified.by !== by || (at ?? '') < minus(said.verified.at, saidAnew));
  const due = verifiedAnew || rankOf(said) > rankOf(last) || isAnew(last, said);
  return { origin, due: Boolean(due) };
};

type Observed = { attribute: string; origin: Origin; due: boolean };

/** where each value of a profile comes from, and whether that alone is worth a version */
const observed = (asked: Asked, profile: Profile, lost: Lost[]): Observed[] => {
  const { before, now, was, patch, writing } = asked;
  const had = valuesOf(was);
  const again = new Set([...valuesOf(patch)].filter(([, value]) => value !== null).map(([attribute]) => attribute));
  for (const { attribute } of lost) again.delete(attribute);
  return [...ownValues(profile)].map(([attribute, value]) => {
    const last = originOf(before, attribute);
    const said = originFor(asked, attribute, value);
    if (!isDeepStrictEqual(had.get(attribute), value)) return { attribute, origin: said, due: true };
    if (again.has(attribute)) return { attribute, ...saidAgain(last, said, asked) };
    const other = writing.each?.(attribute, value);
    const better = other && contest({ attribute, first: last, second: other }, { settings: writing.settings, now });
    if (other && better?.wins === 'second') return { attribute, origin: other, due: true };
    return { attribute, origin: last, due: false };
  });
};

const isSame = (a: Kept, b: Kept) =>
  a.attribute === b.attribute && a.origin.source === b.origin.source && isDeepStrictEqual(a.value, b.value);

/**
 * What is kept beside what stands: not what stands by now, nor what somebody has decided about, nor what a source said before it
 * said otherwise.
 */
const keptBeside = (asked: Asked, profile: Profile, lost: Kept[]) => {
  const { now, before, patch, writing } = asked;
  const [has, said] = [valuesOf(profile), valuesOf(patch)];
  const { source, observedAt } = originSaid(now, writing);
  const isOver = ({ origin }: Kept) => writing.decides || (origin.source === source && origin.observedAt <= observedAt);
  const known = before.provenance?.kept ?? [];
  const left = known
    .filter(({ attribute, value }) => !isDeepStrictEqual(has.get(attribute) ?? null, value))
    .filter(one => !said.has(one.attribute) || !isOver(one) || lost.some(other => isSame(one, other)));
  const news = lost.filter(one => !known.some(other => isSame(one, other)));
  const anew = lost.some(one => known.some(other => isSame(one, other) && isAnew(other.origin, one.origin)));
  const besides = [...lost, ...givenWay(asked, profile)];
  const kept = [...besides, ...left.filter(one => !besides.some(other => isSame(one, other)))];
  return { kept, news, due: news.length > 0 || anew || left.length < known.length };
};

export type Settled = {
  profile: Profile;
  provenance: Provenance;
  /** what was said and does not stand */
  lost: Kept[];
  /** those of them that were not known before */
  news: Kept[];
  /** whether there is anything to be written */
  due: boolean;
};

/** What of a profile that somebody says of a customer comes to stand, and where each value then comes from. */
export const resolveValues = (asked: Asked, finish: (profile: Profile) => Profile): Settled => {
  const said = originSaid(asked.now, asked.writing);
  const lost = lostOf(asked, said);
  const profile = lost.length ? finish(withoutLost(asked, lost)) : asked.wanted;
  const from = observed(asked, profile, lost);
  // what a source said before it said otherwise contradicts nobody
  const worth = lost.filter(({ old }) => !old).map(({ old, ...one }) => one);
  const { kept, news, due } = keptBeside(asked, profile, worth);
  const differs = !isDeepStrictEqual(asked.was, profile);
  return {
    profile,
    provenance: packed(
      new Map(from.map(({ attribute, origin }) => [attribute, origin])),
      kept,
      goneBy(asked, profile, said),
    ),
    lost: lost.map(({ old, ...one }) => one),
    news,
    due: differs || due || from.some(one => one.due),
  };
};
