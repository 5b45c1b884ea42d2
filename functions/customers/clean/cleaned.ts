import type { Profile } from '../customer.ts';
import { inPlaceOf, isComposed } from '../matching/merge-profiles.ts';
import { differences, type Json, mergePatch } from '../profile.ts';
import { type Fix, type FixId, fixes, fixIds } from './fixes.ts';

export type Cleaned = {
  /** a merge patch to the profile; empty where it is clean */
  patch: Json;
  changes: { fix: FixId; attribute: string; from: unknown; to: unknown }[];
};

/** A profile under some fixes, each upon what the ones before it made of it. A name that follows from its parts follows them. */
export const cleaned = ({ name, ...parts }: Profile, asked: readonly FixId[], now: string): Cleaned => {
  const before = isComposed({ name, ...parts }) ? parts : { ...parts, name };
  let profile = before as Profile;
  const changes: Cleaned['changes'] = [];
  for (const id of fixIds.filter(fix => asked.includes(fix))) {
    const after = mergePatch(profile, (fixes[id] as Fix).of(profile, now)) as Profile;
    changes.push(...differences(profile, after).map(change => ({ fix: id, ...change })));
    profile = after;
  }
  const touched = new Set(changes.map(({ attribute }) => attribute.split('.')[0] ?? ''));
  const [was, is] = [before as Json, profile as Json];
  const patch = Object.fromEntries([...touched].map(field => [field, inPlaceOf(was[field], is[field] ?? null)]));
  return { patch, changes };
};

/** how many values each fix changed */
export const fixCounts = (changes: Cleaned['changes']) => {
  const counts: Record<string, number> = {};
  for (const { fix } of changes) counts[fix] = (counts[fix] ?? 0) + 1;
  return counts;
};
