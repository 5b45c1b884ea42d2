import type { Ctx } from '../../../shared/context.ts';
import { plus } from '../../../shared/duration.ts';
import { shortLived } from '../../../shared/file-keys.ts';
import { filesOf } from '../../../shared/files.ts';
import { Refusal } from '../../../shared/refusal.ts';
import type { Store } from '../../../shared/store.ts';
import { type Job, jobs } from '../../jobs/job.ts';
import { type Bulk, bulkOf, kinds } from './bulk.ts';
import { reportPath } from './report-file.ts';

const isBulk = ({ kind }: Job) => kind === kinds.change || kind === kinds.undo;

/** a job of these kinds; any other is not there */
export const needBulk = async (store: Store, id: string): Promise<Job> => {
  const job = await store.get(jobs, { id });
  if (job && isBulk(job)) return job;
  throw new Refusal('missing', 'bulk.not-found', 'there is no such bulk change');
};

/** the same with the link to its report, as long as there is one */
export const reported = async (job: Job, { tenant, now }: Ctx): Promise<Bulk> => {
  const bulk = bulkOf(job);
  const kept = plus(job.updatedAt, `P${shortLived.days}D`) > now;
  if (job.state !== 'done' || !kept) return bulk;
  const files = filesOf(tenant, { short: true });
  // gone early where somebody in it was erased
  if (!(await files.look(reportPath(job.id)))) return bulk;
  return { ...bulk, reportUrl: await files.downloadUrl(reportPath(job.id), { filename: `${job.id}.ndjson` }) };
};
