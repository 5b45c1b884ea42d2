import { entities } from '#declared/entities.ts';
import { events } from '#declared/events.ts';
import { nounOf } from '../customers/event-areas.ts';
import type { AnyEntity, Fact } from '../shared/store/entity.ts';
import { allPages } from '../shared/store/record-page.ts';
import type { Store } from '../shared/store/store.ts';
import type { Heard } from './reads.ts';

// biome-ignore lint/suspicious/noExplicitAny: records of all types share one list
type FactEntity = AnyEntity & { fact: Fact<any> };
type FactRecord = Record<string, unknown> & { customerId: string };

/** The entities with records that conditions find, by the name that they have there. */
export const factEntities = new Map(
  entities.flatMap(entity => (entity.fact ? [[entity.fact.record, entity as FactEntity] as const] : [])),
);

export const entityOf = (kind: string) => entities.find(entity => entity.kind === kind);

const nounsOf = ({ fact }: FactEntity) => fact.nouns ?? [fact.record];

/** the types of the events that may change whether a condition on records of a kind holds */
export const eventsOfRecord = (record: string): string[] => {
  const entity = factEntities.get(record);
  if (!entity) return [];
  return events
    .filter(({ name, context }) => context !== 'timers' && nounsOf(entity).includes(nounOf(name)))
    .map(({ name }) => name);
};

/** of a customer; the newest where there are more */
const most = 500;
const pageSize = 100;

const listed = (store: Store, entity: FactEntity, customerId: string) =>
  allPages<FactRecord>(cursor => {
    const paging = { limit: pageSize, cursor };
    return entity.lists?.customer
      ? store.list(entity, 'customer', customerId, paging)
      : store.belonging(entity, customerId, paging);
  }, most);

/** the record that an event is about, read by its key: indexes are late */
const heardOf = async (store: Store, entity: FactEntity, heard: Heard | undefined) => {
  if (!heard || !nounsOf(entity).includes(nounOf(heard.type))) return undefined;
  const key = entity.fact.keyOf?.(heard.about) ?? { id: heard.about };
  return { place: JSON.stringify(entity.key(key)), record: (await store.get(entity, key)) as FactRecord | undefined };
};

/** The records of a kind that a customer has, as conditions see them. */
export const recordsOf = async (store: Store, record: string, customerId: string, heard?: Heard) => {
  const entity = factEntities.get(record);
  if (!entity) return [];
  const [all, late] = await Promise.all([listed(store, entity, customerId), heardOf(store, entity, heard)]);
  const others = late ? all.filter(one => JSON.stringify(entity.key(one)) !== late.place) : all;
  const own = late?.record?.customerId === customerId ? [late.record] : [];
  const { of = (value: FactRecord) => value } = entity.fact;
  return [...own, ...others].flatMap(one => of(one) ?? []) as Record<string, unknown>[];
};
