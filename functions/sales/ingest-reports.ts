import type * as z from 'zod';
import { foreignEvents } from '../../events/foreign.ts';
import { HappenedAt } from '../shared/events/as-of.ts';
import { consumeReported } from '../shared/events/consume.ts';
import { checked, fieldErrors } from '../shared/http/parse.ts';
import type { AnyImportable, Given } from '../shared/imports/importable.ts';
import { isObject } from '../shared/json.ts';
import { isConflict, retryOnConflict } from '../shared/store/retry-on-conflict.ts';
import { normaliseEmail } from '../shared/text/email.ts';
import { subscriptions } from './contract.ts';
import { importableLeads } from './leads/lead-importable.ts';
import { importableOpportunities } from './opportunities/opportunity-importable.ts';
import { importableOrders } from './orders/order-importable.ts';
import { recordReport, reject } from './record-report.ts';

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

/** Records an order, lead or opportunity that another system reports, or changes it as the API would. */
export const reaction = consumeReported('ingestReports', subscriptions.ingestReports, async (event, ctx) => {
  const { id, source, 'detail-type': type, detail } = event;
  const report = { id, source, reported: type };
  const records = importables[type];
  if (!records) return;
  const parsed = checked(schemaOf(type), detail);
  if (parsed.success) {
    const given = rowOf(parsed.data, records);
    await retryOnConflict(async () => {
      const before = await ctx.store.getBy(records.entity, records.key, String(given[records.key]));
      await recordReport(report, { records, given, before }, ctx);
    }, isConflict);
    return;
  }
  const given = detail[records.key];
  const key = typeof given === 'string' ? given.slice(0, 256) : null;
  const faults = fieldErrors(parsed.error.issues);
  await ctx.store.commit(reject(report, ctx.now, { key, taken: false, faults }));
});
