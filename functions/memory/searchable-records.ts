import { entities } from '#declared/entities.ts';
import { prefixOf } from '../../events/ids.ts';
import type { Scope } from '../shared/http/contract.ts';
import type { AnyEntity } from '../shared/store/entity.ts';
import type { Store } from '../shared/store/store.ts';
import type { Text, TextRef } from '../shared/text/searchable-text.ts';

type Searchable = AnyEntity & { searchText: NonNullable<AnyEntity['searchText']> };

const searchable = entities.filter((one): one is Searchable => one.searchText !== undefined);

const byPrefix = new Map(searchable.map(one => [prefixOf(one.kind) ?? one.kind, one]));

const entityOf = (id: string) => byPrefix.get(id.slice(0, id.indexOf('_')));

/** the kinds of records that are searched; what is part of a record is found under that record */
export const kinds = searchable
  .filter(({ searchText }) => !searchText.partOf)
  .map(({ kind }) => kind)
  .sort();

export const scopes = new Map<string, Scope>(searchable.map(({ kind, searchText }) => [kind, searchText.scope]));

export const kindOf = ({ id, within }: TextRef) => entityOf(within ?? id)?.kind ?? '';

const indexing = new Map(searchable.flatMap(one => one.searchText.events.map(({ name }) => [name, one] as const)));

export const indexingEvents = searchable.flatMap(({ searchText }) => searchText.events);

export const refIn = ({ type, about, data }: { type: string; about: string; data: unknown }): TextRef => {
  const { idIn } = indexing.get(type)?.searchText.partOf ?? {};
  return idIn ? { id: (data as Record<string, string>)[idIn] ?? '', within: about } : { id: about };
};

type Stored = { id: string; customerId?: string | null };

/** the records with these ids, of any kind */
const recordsOf = async (store: Store, ids: string[]) => {
  const byEntity = Map.groupBy(new Set(ids), entityOf);
  const found = await Promise.all(
    Array.from(byEntity, ([one, some]) =>
      one
        ? store.getAll(
            one,
            some.map(id => ({ id })),
          )
        : [],
    ),
  );
  return new Map(found.flat().map(record => [record.id as string, record as Stored]));
};

const partsOf = async (store: Store, refs: TextRef[]) => {
  const byEntity = Map.groupBy(
    refs.filter(({ within }) => within),
    ({ id }) => entityOf(id),
  );
  const found = await Promise.all(
    Array.from(byEntity, ([one, some]) => {
      const key = one?.searchText.partOf?.key;
      return one && key
        ? store.getAll(
            one,
            some.map(({ id, within = '' }) => key(id, within)),
          )
        : [];
    }),
  );
  return new Map(found.flat().map(record => [record.id as string, record as Stored]));
};

const writtenIn = ({ id }: TextRef, record: Stored | undefined) => record && entityOf(id)?.searchText.of(record);

/** texts as they are now, in the order of the references, without those that no longer exist */
export const readTexts = async (store: Store, refs: TextRef[]): Promise<Text[]> => {
  const [records, parts] = await Promise.all([
    recordsOf(
      store,
      refs.map(({ id, within }) => within ?? id),
    ),
    partsOf(store, refs),
  ]);
  return refs.flatMap((ref): Text[] => {
    const wholeId = ref.within ?? ref.id;
    const record = records.get(wholeId);
    const written = writtenIn({ id: wholeId }, record);
    const part = ref.within ? writtenIn(ref, parts.get(ref.id)) : written;
    if (!record || !written || !part) return [];
    return [{ ...ref, customerId: record.customerId ?? null, ...part, title: written.title }];
  });
};
