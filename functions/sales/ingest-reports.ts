import type * as z from 'zod';
import { foreignEvents } from '../../events/foreign.ts';
import { newId } from '../../events/ids.ts';
import { eventRejected } from '../../events/report.ts';
import { HappenedAt } from '../shared/events/as-of.ts';
import { consumeReported, type ExternalEvent } from '../shared/events/consume.ts';
import type { Ctx } from '../shared/http/context.ts';
import { checked, fieldErrors } from '../shared/http/parse.ts';
import {
  type AnyImportable,
  type Decided,
  type Fault,
  type Given,
  isProcessed,
  type Recorded,
  withProcessed,
} from '../shared/imports/importable.ts';
import { isObject } from '../shared/json.ts';
import { type Change, emit, put } from '../shared/store/changes.ts';
import { isConflict, retryOnConflict } from '../shared/store/retry-on-conflict.ts';
import { normaliseEmail } from '../shared/text/email.ts';
import { subscriptions } from './contract.ts';
import { importableLeads } from './leads/lead-importable.ts';
import { importableOpportunities } from './opportunities/opportunity-importable.ts';
import { importableOrders } from './orders/order-importable.ts';
import { rejectedEvents } from './rejected-events.ts';

/** the events of other systems that are recorded as rows of files are */
const importables: Record<string, AnyImportable> = {
  'order.reported': importableOrders,
  'lead.reported': importableLeads,
  'opportunity.reported': importableOpportunities,
};

const schemaOf = (type: string) => foreignEvents.find(({ name }) => name === type)?.detail as z.ZodType;

/** the value at a dotted path */
const valueAt = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((part, name) => (isObject(part) ? part[name] : undefined), value);

/** the fields of an event as a row of a file has them */
const rowOf = (detail: unknown, { fields }: AnyImportable): Given => {
  const given = Object.entries(fields).flatMap(([path, { is }]) => {
    const value = valueAt(detail, path);
    if (value === undefined) return [];
    if (is === 'email') return [[path, normaliseEmail(String(value))]];
    return [[path, is === 'instant' ? HappenedAt.parse(value) : value]];
  });
  return Object.fromEntries(given);
};

type Rejection = { key: string | null; taken: boolean; faults: Fault[] };

/** an event that is not taken as a whole is listed, and its sender may subscribe to the rejection */
const reject = ({ id, source, 'detail-type': reported }: ExternalEvent, at: string, rest: Rejection): Change[] => {
  const data = { reported, source, ...rest, faults: rest.faults.map(({ path, message }) => ({ path, message })) };
  return [put(rejectedEvents, { id, at, ...data }), emit(eventRejected, { about: id, data })];
};

const changesOf = (
  records: AnyImportable,
  before: Recorded | undefined,
  { after, events, requests = [] }: Decided<Recorded>,
  eventId: string,
): Change[] => {
  if (!after || after === before) return [];
  const { by = 'bus', did = {}, rows } = before?.imported ?? {};
  const imported = { by, did, rows: withProcessed(rows, eventId) };
  return [...records.written(before, { ...after, imported }), ...events, ...requests];
};

const apply = async (event: ExternalEvent, records: AnyImportable, given: Given, ctx: Ctx) => {
  const { now, store } = ctx;
  const key = String(given[records.key]);
  const [before, known] = await Promise.all([
    store.getBy<Recorded>(records.entity, records.key, key),
    records.lookUp(store, [given]),
  ]);
  if (isProcessed(before, event.id)) return;
  const idAt = (at: string) => newId(records.entity.kind as 'order', at);
  const decided = records.decide([{ line: 1, given }], before, { now, known, newId: idAt });
  const { faults, after } = decided;
  const rejection = faults.length ? reject(event, now, { key, taken: after !== undefined, faults }) : [];
  await store.commit([...changesOf(records, before, decided, event.id), ...rejection]);
};

/** Records an order, lead or opportunity that another system reports, or changes it as the API would. */
export const reaction = consumeReported('ingestReports', subscriptions.ingestReports, async (event, ctx) => {
  const { 'detail-type': type, detail } = event;
  const records = importables[type];
  if (!records) return;
  const parsed = checked(schemaOf(type), detail);
  if (parsed.success) {
    await retryOnConflict(() => apply(event, records, rowOf(parsed.data, records), ctx), isConflict);
    return;
  }
  const given = detail[records.key];
  const key = typeof given === 'string' ? given.slice(0, 256) : null;
  const faults = fieldErrors(parsed.error.issues);
  await ctx.store.commit(reject(event, ctx.now, { key, taken: false, faults }));
});
