import { isComposedName } from '../customers/attributes/origins.ts';
import { attributeAt } from '../customers/attributes/paths.ts';
import type { Profile } from '../customers/customer.ts';
import { replacingPatch } from '../customers/reverse-values.ts';
import { differences, type Json, mergePatch } from '../shared/json.ts';
import { type FixId, fixIds } from './fix-ids.ts';
import { type Fix, type FixContext, fixes } from './fixes.ts';

type Cleaned = {
  patch: Json;
  changes: { fix: FixId; attribute: string; from: unknown; to: unknown }[];
};

/** `verified`: attributes that fixes which guess must not change */
type Context = FixContext & { verified: ReadonlySet<string> };

const applyFix = (profile: Profile, id: FixId, context: Context): { after: Profile; changes: Cleaned['changes'] } => {
  const fix: Fix = fixes[id];
  const after = mergePatch(profile, fix.of(profile, context)) as Profile;
  const changes = differences(profile, after).map(change => ({ fix: id, ...change }));
  const isRefused = fix.guesses && changes.some(({ attribute }) => context.verified.has(attributeAt(attribute)));
  return isRefused ? { after: profile, changes: [] } : { after, changes };
};

/** A profile under some fixes, each applied to the result of the ones before. A composed name follows its parts. */
export const cleanProfile = ({ name, ...parts }: Profile, wanted: readonly FixId[], context: Context): Cleaned => {
  const before = (isComposedName({ name, ...parts }) ? parts : { ...parts, name }) as Profile;
  let profile = before;
  const all: Cleaned['changes'] = [];
  for (const id of fixIds.filter(one => wanted.includes(one))) {
    const { after, changes } = applyFix(profile, id, context);
    all.push(...changes);
    profile = after;
  }
  const touched = new Set(all.map(({ attribute }) => attribute.split('.')[0] ?? ''));
  const [was, is] = [before as Json, profile as Json];
  const patch = Object.fromEntries([...touched].map(field => [field, replacingPatch(was[field], is[field] ?? null)]));
  return { patch, changes: all };
};

export const fixCounts = (changes: Cleaned['changes']) => {
  const counts: Record<string, number> = {};
  for (const { fix } of changes) counts[fix] = (counts[fix] ?? 0) + 1;
  return counts;
};
