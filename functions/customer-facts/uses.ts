import type { Id } from '../../events/ids.ts';
import type { Condition } from '../shared/conditions/condition.ts';
import type { Problem } from '../shared/http/api-error.ts';
import { type Change, put, remove } from '../shared/store/changes.ts';
import { recordPage } from '../shared/store/record-page.ts';
import type { Store } from '../shared/store/store.ts';
import { everyLeaf, referencesIn } from './references.ts';
import { Used, uses } from './use.ts';

const useParts = { from: 'use#', to: 'use$' };

/** what conditions name */
export const namedBy = (conditions: (Condition | undefined)[]): Used[] =>
  conditions.flatMap(everyLeaf).flatMap(leaf => referencesIn(leaf).flatMap(one => Used.safeParse(one).data ?? []));

export const segmentsNamedBy = (conditions: (Condition | undefined)[]): Id<'segment'>[] => [
  ...new Set(namedBy(conditions).flatMap(({ kind, id }) => (kind === 'segment' ? [id as Id<'segment'>] : []))),
];

/** a thing that uses others: its id, its name, and which */
type User = { id: string; name: string; uses: Used[] };

/** What keeps who uses what in step with a thing that uses it; undefined: it does not exist, or does not act. Pure. */
export const useChanges = (was: User | undefined, is: User | undefined): Change[] => {
  const usesOf = (user: User | undefined) =>
    new Map(user?.uses.map(used => [`${used.kind} ${used.id}`, { used, by: user.id, name: user.name }]));
  const [before, after] = [usesOf(was), usesOf(is)];
  return [
    ...[...after.values()].map(one => put(uses, one)),
    ...[...before].flatMap(([key, one]) => (after.has(key) ? [] : [remove(uses, one)])),
  ];
};

const mostNamed = 5;

/** refuses to delete what others use; `but`: what goes with it */
export const mustBeUnused = async (store: Store, all: Used[], inUse: Problem, but?: string) => {
  const pages = await Promise.all(
    all.map(({ kind, id }) => recordPage(store, uses, [kind, id], { limit: mostNamed + 1, within: useParts })),
  );
  const others = pages.flatMap(({ items }) => items).filter(({ by }) => by !== but);
  const names = others.slice(0, mostNamed).map(({ by, name }) => `${name} (${by})`);
  if (others.length) throw inUse(`It is used by ${names.join(', ')}. Change or delete that first.`);
};
