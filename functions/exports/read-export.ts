import { confidentialAttribute } from '../customers/errors.ts';
import { hiddenFrom } from '../customers/redact.ts';
import { filesOf } from '../shared/aws/files.ts';
import { ApiError } from '../shared/http/api-error.ts';
import type { Handler } from '../shared/http/contract.ts';
import { jobs } from '../shared/jobs/job.ts';
import type { routes } from './contract.ts';
import { copyPath, shown } from './export.ts';

export const readExport: Handler<typeof routes.readExport> = async ({ params: { id = '' } }, ctx) => {
  const { tenant, store } = ctx;
  const [job, hidden] = await Promise.all([store.get(jobs, { id }), hiddenFrom(ctx)]);
  if (job?.kind !== 'export') throw new ApiError('missing', 'export.not-found', 'there is no such export');
  if (hidden.length) throw confidentialAttribute();
  const files = filesOf(tenant, { short: true });
  const there = job.state === 'done' && (await files.look(copyPath(id)));
  const filename = `${tenant}-${job.createdAt.slice(0, 10)}.ndjson`;
  return { ...shown(job), url: there ? await files.downloadUrl(copyPath(id), { filename }) : null };
};
