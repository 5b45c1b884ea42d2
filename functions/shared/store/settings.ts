import type * as z from 'zod';
import type { DataOf, EventType } from '../../../events/define.ts';
import { type Change, emit, save } from './changes.ts';
import { type Entity, entity, main } from './entity.ts';
import type { Store } from './store.ts';

type Versioned = { version: number };

/** Settings of a company: one record of rules under a name, replaced as a whole; version 0 is what holds until it is set. */
export type Settings<T extends Versioned> = Entity<T, object> & {
  of(store: Store): Promise<T>;
  /** the change to other rules of settings as they were read */
  changed(before: T, rules: Omit<T, 'version'>): { after: T; change: Change };
  /** replaces them and emits their event, with `changes`, in one transaction */
  replace(store: Store, rules: Omit<T, 'version'>, changes?: Change[]): Promise<T>;
};

type Declared<T extends Versioned, E extends EventType> = {
  untilSet: () => Omit<T, 'version'>;
  changed: E;
  data?: (rules: Omit<T, 'version'>) => DataOf<E>;
};

/** Declares settings, stored as `<name>-settings`. */
export const settings = <T extends Versioned, E extends EventType>(
  name: string,
  schema: z.ZodType<T>,
  { untilSet, changed, data = rules => rules as DataOf<E> }: Declared<NoInfer<T>, E>,
): Settings<T> => {
  const records = entity(`${name}-settings`, schema, {
    key: (_: object) => ({ of: ['settings', name], part: main }),
    onErase: 'not-personal',
  });
  const of = async (store: Store) => (await store.get(records, {})) ?? ({ ...untilSet(), version: 0 } as unknown as T);
  const becoming = (before: T, rules: Omit<T, 'version'>) => {
    const after = { ...rules, version: before.version + 1 } as unknown as T;
    return { after, change: save(records, before.version ? before : undefined, after) };
  };
  return {
    ...records,
    of,
    changed: becoming,
    replace: async (store, rules, changes = []) => {
      const { after, change } = becoming(await of(store), rules);
      return store.commit([change, emit(changed, { about: name, data: data(rules) }), ...changes], after);
    },
  };
};
