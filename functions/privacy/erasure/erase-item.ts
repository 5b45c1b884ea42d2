import { isDeepStrictEqual } from 'node:util';
import { erasedIdentityChanges } from '../../customers/erased-identities.ts';
import type { IdentityValue } from '../../customers/identity.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { type Change, drop, remove, update } from '../../shared/store/changes.ts';
import { claimsOf, entriesOf, type Item, main, type Place, placeKey, revive } from '../../shared/store/entity.ts';
import type { Erased, Erasing } from '../../shared/store/erase.ts';
import { tracesOf } from '../../shared/store/trace-items.ts';
import type { Erasure } from './erasure.ts';
import { type Location, partition } from './location.ts';
import { areaOf, personal } from './personal-entities.ts';

/** The erasure of one item: the lookups that its changes write too, further locations, and the area that the receipt counts. */
type ErasedItem = { changes: Change[]; lookups: number; locations: Location[]; counted: string | undefined };

const nothing: ErasedItem = { changes: [], lookups: 0, locations: [], counted: undefined };

const stays = ({ kind, type }: Item) => kind === 'event' && type === 'customer.erased';

type Versioned = { id?: string; version?: number };

/** a record with its own partition may have parts there, events about it, and stored replies */
const around = (item: Item, { id = '' }: Versioned, tenant: string): Location[] => {
  const of: Place['of'] = [item.kind as string, id];
  const { pk } = placeKey(tenant, { of, part: main });
  if (item.pk !== pk || item.sk !== main) return [];
  return [partition(of), partition(['log', id]), { find: 'traces', of: tracesOf(id), subject: id }];
};

const bumped = (left: Versioned, before: Versioned, now: string): Versioned =>
  left.version === before.version && left.version !== undefined
    ? { ...left, version: left.version + 1, ...('updatedAt' in left ? { updatedAt: now } : {}) }
    : left;

/** Erases an item of a customer by the rule of its entity; an item without a rule is removed. */
export const eraseItem = async (item: Item, erasure: Erasure, { store, now }: Ctx): Promise<ErasedItem> => {
  if (stays(item)) return nothing;
  const kind = item.kind as string;
  const entity = personal.get(kind);
  if (!entity) return { ...nothing, changes: [drop(item)], counted: kind === 'event' ? 'timeline' : 'other' };
  const before = revive(entity, item) as Versioned;
  const { onErase } = entity;
  const bury: Erasing['bury'] = identities =>
    erasedIdentityChanges({ store, now, erasure }, identities as IdentityValue[]);
  const erased: Erased<Versioned> =
    typeof onErase === 'function' ? await onErase(before, { store, now, erasure, bury }) : {};
  const { left, changes = [], emptied = [], files = [], mentions = [] } = erased;
  const locations = [
    ...(kind === 'customer' ? [] : around(item, before, store.tenant)),
    ...emptied.map(partition),
    ...files.map((folder): Location => ({ find: 'files', folder, short: false })),
    ...mentions.map(one => ({ ...partition(one.of), about: one.about })),
  ];
  if (left && isDeepStrictEqual(left, before)) return { ...nothing, locations: around(item, before, store.tenant) };
  const lookups = claimsOf(store.tenant, entity, before).size + entriesOf(store.tenant, entity, before).size;
  const { pk, sk } = placeKey(store.tenant, entity.key(before));
  const removed = pk === item.pk && sk === item.sk ? remove(entity, before) : drop(item);
  return {
    changes: [left ? update(entity, before, bumped(left, before, now)) : removed, ...changes],
    lookups,
    locations,
    counted: left && kind !== 'customer' ? undefined : areaOf(kind),
  };
};
