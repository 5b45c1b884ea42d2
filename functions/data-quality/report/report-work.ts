import { qualityReported } from '../../../events/hygiene.ts';
import { customers } from '../../customers/customer.ts';
import { purposesOf } from '../../customers/purpose.ts';
import { settingsOf } from '../../customers/settings.ts';
import type { Job } from '../../shared/jobs/job.ts';
import type { Work } from '../../shared/jobs/work.ts';
import { mapConcurrent } from '../../shared/map-concurrent.ts';
import { emit, insert } from '../../shared/store/changes.ts';
import { factsOf } from '../starts/facts.ts';
import { addRecord, emptyTally, reportOf, reports, type Tally } from './report.ts';

/** customers a slice, and how many of them are read at a time */
const mostCustomers = 100;
const atOnce = 20;

/** Measures all records, slice by slice; the sums are stored with the job, and the last slice makes the report. */
export const reportWork: Work = {
  async slice(job, ctx) {
    const { now, store } = ctx;
    const cursor = (job.cursor as { after: string } | null)?.after;
    const [{ items, nextCursor }, settings, purposes] = await Promise.all([
      store.list(customers, 'all', 'all', { limit: ctx.perSlice(mostCustomers), cursor }),
      settingsOf(store),
      purposesOf(store),
    ]);
    const tally = structuredClone((job.result as unknown as Tally | null) ?? emptyTally());
    const facts = await mapConcurrent(items, atOnce, one => factsOf(one, { settings, purposes }, ctx));
    for (const one of facts) addRecord(tally, one);
    const counts = { looked: items.length };
    if (nextCursor) return { cursor: { after: nextCursor }, counts, result: tally as unknown as Job['result'] };
    const report = reportOf(tally, { id: job.id, at: now, by: job.by });
    const { id: about, customers: measured, total, letters } = report;
    const reported = emit(qualityReported, { about, data: { customers: measured, total, letters } });
    return { cursor: null, counts, result: { total, letters }, changes: [insert(reports, report), reported] };
  },
};
