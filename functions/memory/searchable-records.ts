import { entities } from '#declared/entities.ts';
import { prefixOf } from '../../events/ids.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Scope } from '../shared/http/contract.ts';
import type { AnyEntity } from '../shared/store/entity.ts';
import type { Store } from '../shared/store/store.ts';
import type { Text, TextRef } from '../shared/text/searchable-text.ts';

type Searchable = AnyEntity & { searchText: NonNullable<AnyEntity['searchText']> };

const searchable = entities.filter((one): one is Searchable => one.searchText !== undefined);

const byPrefix = new Map(
  searchable.map(one => {
    const prefix = prefixOf(one.kind);
    if (!prefix) throw new Error(`${one.kind} has searchText, and no prefix of its ids in events/ids.ts`);
    return [prefix, one];
  }),
);

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

type Stored = { id: string; customerId?: string | null; createdAt: string; by?: string };

const recordsOf = async (store: Store, refs: TextRef[]) => {
  const wholes = [...new Set(refs.map(({ id, within }) => within ?? id))].map((id): TextRef => ({ id }));
  const byEntity = Map.groupBy([...wholes, ...refs.filter(({ within }) => within)], ({ id }) => entityOf(id));
  const found = await Promise.all(
    Array.from(byEntity, ([one, some]) => {
      const keys = some.map(({ id, within = '' }) => one?.searchText.partOf?.key(id, within) ?? { id });
      return one ? store.getAll(one, keys) : [];
    }),
  );
  return new Map(found.flat().map(record => [record.id as string, record as Stored]));
};

/** texts as they are now, in the order of the references, without those that no longer exist or that the caller may not read */
export const readTexts = async (store: Store, refs: TextRef[], caller?: Pick<Ctx, 'scopes'>): Promise<Text[]> => {
  const records = await recordsOf(store, refs);
  const writtenIn = (id: string) => {
    const record = records.get(id);
    const { readable } = entityOf(id)?.searchText ?? {};
    if (caller && record && readable?.(record, caller) === false) return undefined;
    return record && { at: record.createdAt, by: record.by ?? null, ...entityOf(id)!.searchText.of(record) };
  };
  return refs.flatMap((ref): Text[] => {
    const wholeId = ref.within ?? ref.id;
    const [whole, part] = [writtenIn(wholeId), writtenIn(ref.id)];
    if (!whole || !part) return [];
    return [{ ...ref, customerId: records.get(wholeId)?.customerId ?? null, ...part, title: whole.title }];
  });
};
