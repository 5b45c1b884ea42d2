import { newId } from '../../events/ids.ts';
import { eventRejected } from '../../events/report.ts';
import type { Ctx } from '../shared/http/context.ts';
import {
  type AnyImportable,
  type Decided,
  type Fault,
  type Given,
  isProcessed,
  type Recorded,
  withProcessed,
} from '../shared/imports/importable.ts';
import { type Change, emit, put } from '../shared/store/changes.ts';
import { rejectedEvents } from './rejected-events.ts';

/** an event with which another system reports a record */
export type Report = { id: string; source: string; reported: string };

type Rejection = { key: string | null; taken: boolean; faults: Fault[] };

/** an event that is not taken as a whole is listed, and its sender may subscribe to the rejection */
export const reject = ({ id, ...report }: Report, at: string, rest: Rejection): Change[] => {
  const data = { ...report, ...rest, faults: rest.faults.map(({ path, message }) => ({ path, message })) };
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

/** `before`: the record that the row names */
type Row = { records: AnyImportable; given: Given; before: Recorded | undefined };

/** Records what an event reports, or changes it as the API would; an event that comes again changes nothing. */
export const recordReport = async (event: Report, { records, given, before }: Row, { now, store }: Ctx) => {
  const key = String(given[records.key]);
  const known = await records.lookUp(store, [given]);
  if (isProcessed(before, event.id)) return;
  const idAt = (at: string) => newId(records.entity.kind as 'order', at);
  const decided = records.decide([{ line: 1, given }], before, { now, known, newId: idAt });
  const { faults, after } = decided;
  const rejection = faults.length ? reject(event, now, { key, taken: after !== undefined, faults }) : [];
  await store.commit([...changesOf(records, before, decided, event.id), ...rejection]);
};
