import { shortLived } from '../../shared/aws/file-keys.ts';
import { filesOf } from '../../shared/aws/files.ts';
import type { Ctx } from '../../shared/http/context.ts';
import type { Job } from '../../shared/jobs/job.ts';
import { plus } from '../../shared/time/duration.ts';
import { type Bulk, bulkOf } from './bulk.ts';
import { reportPath } from './report-file.ts';

/** a job as it is told of, with the link to its report as long as there is one */
export const reported = async (job: Job, { tenant, now }: Ctx): Promise<Bulk> => {
  const bulk = bulkOf(job);
  const kept = plus(job.updatedAt, `P${shortLived.days}D`) > now;
  if (job.state !== 'done' || !kept) return bulk;
  const files = filesOf(tenant, { short: true });
  // gone early where somebody in it was erased
  if (!(await files.look(reportPath(job.id)))) return bulk;
  return { ...bulk, reportUrl: await files.downloadUrl(reportPath(job.id), { filename: `${job.id}.ndjson` }) };
};
