import { isComposedName } from '../customers/attributes/origins.ts';
import { attributeAt } from '../customers/attributes/paths.ts';
import type { Profile } from '../customers/customer.ts';
import type { Json } from '../shared/json.ts';
import { differences, mergePatch, replacementPatch } from '../shared/json.ts';
import { type Fix, type FixId, fixes, fixIds, type By as Going } from './fixes.ts';

export type Cleaned = {
  /** a merge patch to the profile; empty where it is clean */
  patch: Json;
  changes: { fix: FixId; attribute: string; from: unknown; to: unknown }[];
};

type By = Going & {
  /** attributes that were verified: what may be wrong about them is not done to them */
  verified: ReadonlySet<string>;
};

const fixed = (profile: Profile, id: FixId, by: By): { after: Profile; changes: Cleaned['changes'] } => {
  const fix: Fix = fixes[id];
  const after = mergePatch(profile, fix.of(profile, by)) as Profile;
  const changes = differences(profile, after).map(change => ({ fix: id, ...change }));
  const isBold = fix.guesses && changes.some(({ attribute }) => by.verified.has(attributeAt(attribute)));
  return isBold ? { after: profile, changes: [] } : { after, changes };
};

/** A profile under some fixes, each upon what the ones before it made of it. A name that follows from its parts follows them. */
export const cleaned = ({ name, ...parts }: Profile, asked: readonly FixId[], by: By): Cleaned => {
  const before = (isComposedName({ name, ...parts }) ? parts : { ...parts, name }) as Profile;
  let profile = before;
  const all: Cleaned['changes'] = [];
  for (const id of fixIds.filter(one => asked.includes(one))) {
    const { after, changes } = fixed(profile, id, by);
    all.push(...changes);
    profile = after;
  }
  const touched = new Set(all.map(({ attribute }) => attribute.split('.')[0] ?? ''));
  const [was, is] = [before as Json, profile as Json];
  const patch = Object.fromEntries([...touched].map(field => [field, replacementPatch(was[field], is[field] ?? null)]));
  return { patch, changes: all };
};

/** how many values each fix changed */
export const fixCounts = (changes: Cleaned['changes']) => {
  const counts: Record<string, number> = {};
  for (const { fix } of changes) counts[fix] = (counts[fix] ?? 0) + 1;
  return counts;
};
