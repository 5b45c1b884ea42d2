import { customerRemoved } from '../../../events/customer.ts';
import { idWithin } from '../../../events/ids.ts';
import { memberships, segmentClocks } from '../../customer-facts/membership.ts';
import { resolveMerged } from '../../customers/active-customer.ts';
import { customers, isActive, type StoredCustomer } from '../../customers/customer.ts';
import type { CustomerSettings } from '../../customers/settings.ts';
import { type By, undoProfile } from '../../customers/undo-profile.ts';
import { ApiError } from '../../shared/http/api-error.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { mapConcurrent } from '../../shared/map-concurrent.ts';
import { drop, emit, remove } from '../../shared/store/changes.ts';
import { type Item, revive } from '../../shared/store/entity.ts';
import { retryOnConflict } from '../../shared/store/retry-on-conflict.ts';
import { importedRows } from '../customers/match-row.ts';
import { changePart, type ImportChange, importChanges } from './import-change.ts';

/** What became of a customer that an import wrote; `line`: that of the row that created it, or the first of the slice that changed it. */
export type UndoneRow = {
  line: number;
  customerId: string;
  did: 'removed' | 'restored' | 'left';
  left?: { attribute: string; why: string }[];
};

/** `source`: of the values that it wrote; `until`: when it ended */
export type Undoing = { importId: string; source: string; until: string; settings: CustomerSettings; ctx: Ctx };

const concurrent = 20;
const most = { items: 60, owned: 100 };

/** what follows from the record by itself goes with it */
const derivedKinds = [memberships.kind, segmentClocks.kind];

/** whether an event of a customer is of the import that created it */
const isOwn = ({ type, doc }: Item, { source, until }: Undoing) => {
  const { occurredAt, data } = doc as { occurredAt: string; data: { source?: string } };
  if (type === 'segment.entered' || type === 'segment.left') return true;
  const isOfRecord = type === 'customer.created' || type === 'customer.updated' || type === 'value-conflict.recorded';
  return isOfRecord && data.source === `import:${source}` && occurredAt <= until;
};

const left = (line: number, customerId: string, why: string, attribute = ''): UndoneRow => ({
  line,
  customerId,
  did: 'left',
  left: [{ attribute, why }],
});

/** Removes a customer that an import created, unless something else was done with it since. */
const removeCreated = async (line: number, customer: StoredCustomer, undoing: Undoing): Promise<UndoneRow> => {
  const { importId, ctx } = undoing;
  const { store } = ctx;
  const { id } = customer;
  const [{ items, last }, owned] = await Promise.all([
    store.partition(['customer', id], { limit: most.items }),
    store.owned(id, { limit: most.owned }),
  ]);
  const own = changePart(importId);
  const written = items.filter(({ sk }) => sk.startsWith(own));
  const events = items.filter(({ sk }) => sk.startsWith('@'));
  const derived = items.filter(({ kind }) => derivedKinds.includes(kind as string));
  const others = items.length - written.length - events.length - derived.length - 1;
  const rows = owned.filter(({ kind }) => kind === importedRows.kind);
  const isTouched =
    others > 0 || last !== undefined || rows.length < owned.length || events.some(event => !isOwn(event, undoing));
  if (isTouched) return left(line, id, 'it was changed or used since');
  await store.commit([
    remove(customers, customer),
    ...rows.map(row => remove(importedRows, revive(importedRows, row))),
    ...[...written, ...events, ...derived].map(drop),
    emit(customerRemoved, { about: id, data: {} }),
  ]);
  return { line, customerId: id, did: 'removed' };
};

const told = async (line: number, customerId: string, undo: () => Promise<UndoneRow>): Promise<UndoneRow> => {
  try {
    return await retryOnConflict(undo);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return left(line, customerId, error.message);
  }
};

/** Undoes what the rows of some lines created. */
export const undoCreated = async (from: number, to: number, undoing: Undoing): Promise<UndoneRow[]> => {
  const ids = Array.from({ length: to - from }, (_, nth) => idWithin('customer', undoing.importId, from + nth));
  const found = await undoing.ctx.store.getByIds(customers, ids);
  return mapConcurrent(found, concurrent, customer => {
    const line = from + ids.indexOf(customer.id);
    let read: StoredCustomer | undefined = customer;
    return told(line, customer.id, async () => {
      const is = read ?? (await undoing.ctx.store.get(customers, { id: customer.id }));
      // after a conflict it is read again
      read = undefined;
      if (!is || !isActive(is)) return left(line, customer.id, 'it was merged or erased since');
      return removeCreated(line, is, undoing);
    });
  });
};

/** Takes a change of an import back wherever its values are still as they became. */
export const undoChange = ({ customerId, since, importId, done }: ImportChange, { settings, ctx }: Undoing) =>
  told(since, customerId, async () => {
    const { store } = ctx;
    const [log, customer] = await Promise.all([
      store.get(importChanges, { importId, customerId, since }),
      resolveMerged(store, customerId),
    ]);
    if (!customer) return left(since, customerId, 'it was erased since');
    const by: By = { ctx, source: `undo:${importId}`, settings };
    const undone = undoProfile(customer, done, by);
    await store.commit([...undone.changes, ...(log ? [remove(importChanges, log)] : [])]);
    return {
      line: since,
      customerId,
      did: undone.changes.length ? 'restored' : 'left',
      ...(undone.left.length ? { left: undone.left } : {}),
    };
  });

export const undoChanges = (logs: ImportChange[], undoing: Undoing) =>
  mapConcurrent(logs, concurrent, log => undoChange(log, undoing));
