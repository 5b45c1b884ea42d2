import type * as z from 'zod';
import { newId } from '../../events/ids.ts';
import { eventRejected } from '../../events/report.ts';
import { log } from '../shared/aws/log.ts';
import { consumeExternal, type ExternalEvent } from '../shared/events/consume.ts';
import { type Ctx, ctxOf } from '../shared/http/context.ts';
import { fieldErrors } from '../shared/http/parse.ts';
import { tenantName } from '../shared/http/principal.ts';
import type { AnyImportable, Decided, Fault, Given, Recorded } from '../shared/imports/importable.ts';
import { remembering, toldBefore } from '../shared/imports/processed-rows.ts';
import { type Change, emit, put } from '../shared/store/changes.ts';
import { isConflict, retryOnConflict } from '../shared/store/retry-on-conflict.ts';
import { givenIn } from './reported/given-in.ts';
import { refusedReports } from './reported/refused-report.ts';
import { detailOf, reports } from './reported/reports.ts';

type Event = z.output<typeof ExternalEvent>;

/** a report that cannot be taken whole is there to be seen, and said where its sender can hear it */
const refusing = ({ id, source, 'detail-type': reported }: Event, at: string, rest: Refused): Change[] => {
  const data = { reported, source, ...rest, faults: rest.faults.map(({ path, message }) => ({ path, message })) };
  return [put(refusedReports, { id, at, ...data }), emit(eventRejected, { about: id, data })];
};
type Refused = { key: string | null; taken: boolean; faults: Fault[] };

const recordOf = async ({ entity, key: unique }: AnyImportable, key: string, { store }: Ctx) => {
  const id = await store.holder(entity, unique, key);
  return id === undefined ? undefined : ((await store.get(entity, { id })) as Recorded | undefined);
};

const writing = (records: AnyImportable, before: Recorded | undefined, decided: Decided<Recorded>, eventId: string) => {
  const { after, said, asked = [] } = decided;
  if (!after || after === before) return [];
  const { by = 'bus', did = {}, rows } = before?.imported ?? {};
  const kept = { ...after, imported: { by, did, rows: remembering(rows, eventId) } };
  return [...records.written(before, kept), ...said, ...asked];
};

const take = async (event: Event, records: AnyImportable, given: Given, ctx: Ctx) => {
  const { now, store } = ctx;
  const key = String(given[records.key]);
  const [before, known] = await Promise.all([recordOf(records, key, ctx), records.lookUp(store, [given])]);
  if (toldBefore(before, event.id)) return;
  const newIdOf = (at: string) => newId(records.entity.kind as 'order', at);
  const decided = records.decide([{ line: 1, given }], before, { now, known, newId: newIdOf });
  const { faults, after } = decided;
  const refused = faults.length ? refusing(event, now, { key, taken: after !== undefined, faults }) : [];
  await store.commit([...writing(records, before, decided, event.id), ...refused]);
};

/** An order, lead or opportunity that another system reports: recorded, or changed by what the API would change. */
export const takeReports = async (event: Event, now: string): Promise<void> => {
  const { source, 'detail-type': type, detail } = event;
  const records = reports[type];
  const { tenant } = detail;
  if (!records) return;
  if (typeof tenant !== 'string' || !tenantName.test(tenant)) {
    log('warn', 'a report on the bus names no tenant', { id: event.id, type });
    return;
  }
  const ctx = ctxOf({ tenant, actor: `source:bus:${source}`.slice(0, 200).toWellFormed(), now });
  const parsed = detailOf(type).safeParse(detail);
  if (parsed.success) {
    await retryOnConflict(() => take(event, records, givenIn(parsed.data, records), ctx), isConflict);
    return;
  }
  const said = detail[records.key];
  const key = typeof said === 'string' ? said.slice(0, 256) : null;
  await ctx.store.commit(refusing(event, now, { key, taken: false, faults: fieldErrors(parsed.error.issues) }));
};

export const handler = consumeExternal('takeReports', takeReports);
