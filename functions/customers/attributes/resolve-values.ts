import { isDeepStrictEqual } from 'node:util';
import { minus } from '../../shared/time/duration.ts';
import type { Profile } from '../customer.ts';
import { sourceRuleOf } from './confidence.ts';
import { computedSource } from './definitions.ts';
import { originOf, packProvenance, stayed } from './origins.ts';
import { valuesOf } from './paths.ts';
import { isPublicSource, isUnverified, type Origin, type Provenance, type ValueConflict } from './provenance.ts';
import {
  type RejectedValue,
  rejectedValues,
  removedValues,
  replacedValues,
  withoutRejected,
} from './rejected-values.ts';
import { contest } from './survivorship.ts';
import { ownValues, type ProfileChange, valueOrigin, type Writing, writtenOrigin } from './writing.ts';

export const firstProvenance = (now: string, profile: Profile, writing: Writing): Provenance => {
  const origin = writtenOrigin(now, writing);
  return packProvenance(new Map([...ownValues(profile).keys()].map(attribute => [attribute, origin])), []);
};

/** an unchanged value is written again after that time, not with every call */
const rewriteAfter = 'P7D';

const isRewritten = (last: Origin, { observedAt }: Origin) => last.observedAt < minus(observedAt, rewriteAfter);

/** An unchanged value is observed again and stays verified. Its source is the one of higher rank, else the later one. */
const observedAgain = (last: Origin, origin: Origin, { writing }: ProfileChange) => {
  // what others said does not become a stranger's word because a stranger repeats it
  if (isPublicSource(origin.source) && !isUnverified(last)) return { origin: last, due: false };
  // of computed values each event counts
  if (writing.source === computedSource) {
    const again = stayed(last, origin);
    return { origin: again, due: !isDeepStrictEqual(again, last) };
  }
  const [rank, lastRank] = [origin, last].map(({ source }) => sourceRuleOf(writing.settings, source).rank) as [
    number,
    number,
  ];
  const later = origin.observedAt > last.observedAt;
  const { source, confidence } = rank > lastRank || (rank === lastRank && later) ? origin : last;
  const verified = origin.verified ?? last.verified;
  const { at = '', by } = last.verified ?? {};
  const newlyVerified = origin.verified && (origin.verified.by !== by || at < minus(origin.verified.at, rewriteAfter));
  return {
    origin: stayed(last, {
      source,
      observedAt: later ? origin.observedAt : last.observedAt,
      ...(verified ? { verified } : {}),
      ...(confidence === undefined ? {} : { confidence }),
    }),
    due: Boolean(newlyVerified) || rank > lastRank || isRewritten(last, origin),
  };
};

type Observed = { attribute: string; origin: Origin; due: boolean };

/** the origin of each value of a profile; `due`: whether it alone is worth a new version */
const originsOf = (change: ProfileChange, profile: Profile, rejected: RejectedValue[]): Observed[] => {
  const { before, now, was, patch, writing } = change;
  const present = valuesOf(was);
  const again = new Set([...valuesOf(patch)].filter(([, value]) => value !== null).map(([attribute]) => attribute));
  for (const { attribute } of rejected) again.delete(attribute);
  return [...ownValues(profile)].map(([attribute, value]) => {
    const last = originOf(before, attribute);
    const origin = valueOrigin(change, attribute, value);
    if (!isDeepStrictEqual(present.get(attribute), value)) return { attribute, origin, due: true };
    if (again.has(attribute)) return { attribute, ...observedAgain(last, origin, change) };
    const other = writing.each?.(attribute, value);
    const verdict = other && contest({ attribute, first: last, second: other }, { settings: writing.settings, now });
    if (other && verdict?.wins === 'second') return { attribute, origin: stayed(last, other), due: true };
    return { attribute, origin: last, due: false };
  });
};

const isSame = (a: ValueConflict, b: ValueConflict) =>
  a.attribute === b.attribute && a.origin.source === b.origin.source && isDeepStrictEqual(a.value, b.value);

/** The conflicts after a change, without those that it ends: the value now applies, was decided upon, or was corrected by its source. */
const conflictsAfter = (change: ProfileChange, profile: Profile, rejected: ValueConflict[]) => {
  const { now, before, patch, writing } = change;
  const [present, written] = [valuesOf(profile), valuesOf(patch)];
  const { source, observedAt } = writtenOrigin(now, writing);
  const isOver = ({ origin }: ValueConflict) =>
    writing.decides || (origin.source === source && origin.observedAt <= observedAt);
  const known = before.provenance?.conflicts ?? [];
  const open = known
    .filter(({ attribute, value }) => !isDeepStrictEqual(present.get(attribute) ?? null, value))
    .filter(one => !written.has(one.attribute) || !isOver(one) || rejected.some(other => isSame(one, other)));
  const added = rejected.filter(one => !known.some(other => isSame(one, other)));
  const rewritten = rejected.some(one =>
    known.some(other => isSame(one, other) && isRewritten(other.origin, one.origin)),
  );
  const latest = [...rejected, ...replacedValues(change, profile)];
  return {
    conflicts: [...latest, ...open.filter(one => !latest.some(other => isSame(one, other)))],
    added,
    due: added.length > 0 || rewritten || open.length < known.length,
  };
};

const asConflict = ({ outdated, ...conflict }: RejectedValue): ValueConflict => conflict;

/** Which values of a changed profile apply, and the origin of each. `finish`: the rules between the fields. */
export const resolveValues = (change: ProfileChange, finish: (profile: Profile) => Profile) => {
  const origin = writtenOrigin(change.now, change.writing);
  const rejected = rejectedValues(change, origin);
  const profile = rejected.length ? finish(withoutRejected(change, rejected)) : change.wanted;
  const origins = originsOf(change, profile, rejected);
  const current = rejected.filter(({ outdated }) => !outdated).map(asConflict);
  const { conflicts, added, due } = conflictsAfter(change, profile, current);
  const byAttribute = new Map(origins.map(one => [one.attribute, one.origin]));
  return {
    profile,
    provenance: packProvenance(byAttribute, conflicts, removedValues(change, profile, origin)),
    rejected: rejected.map(asConflict),
    added,
    due: due || origins.some(one => one.due) || !isDeepStrictEqual(change.was, profile),
  };
};
