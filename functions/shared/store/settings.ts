import type * as z from 'zod';
import type { DataOf, EventType } from '../../../events/define.ts';
import { type Change, emit, insert, update } from './changes.ts';
import { type Entity, entity, main } from './entity.ts';
import type { Store } from './store.ts';

type Versioned = { version: number };

/** Settings of a company: one record of rules under a name, replaced as a whole; version 0 is what holds until it is set. */
export type Settings<T extends Versioned> = Entity<T, object> & {
  of(store: Store): Promise<T>;
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
  return {
    ...records,
    of: async store => (await store.get(records, {})) ?? ({ ...untilSet(), version: 0 } as unknown as T),
    replace: async (store, rules, changes = []) => {
      const before = await store.get(records, {});
      const after = { ...rules, version: (before?.version ?? 0) + 1 } as unknown as T;
      const change = before ? update(records, before, after) : insert(records, after);
      return store.commit([change, emit(changed, { about: name, data: data(rules) }), ...changes], after);
    },
  };
};
