import type { Profile } from '../customers/customer.ts';

type Json = Record<string, unknown>;

const names = ['givenName', 'familyName', 'name'] as const;
const inParts = ['address', 'identifiers', 'attributes'] as const;

export type Place = (typeof names)[number] | (typeof inParts)[number];

/** where people write text as they like */
export const everywhere: readonly Place[] = [...names, ...inParts];

const rewritten = (values: Json, rewrite: (text: string, name: string) => string | null): Json =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      const becomes = typeof value === 'string' ? rewrite(value, name) : value;
      return becomes === value ? [] : [[name, becomes || null]];
    }),
  );

/** a merge patch that rewrites a profile's texts; a text that is empty then is removed */
export const rewriting = (
  profile: Profile,
  places: readonly Place[],
  rewrite: (text: string, name: string) => string | null,
): Json => {
  const patch: Json = {};
  for (const place of places) {
    const value = profile[place];
    const changed = rewritten(typeof value === 'object' ? (value as Json) : { [place]: value }, rewrite);
    if (Object.keys(changed).length) Object.assign(patch, typeof value === 'object' ? { [place]: changed } : changed);
  }
  return patch;
};
