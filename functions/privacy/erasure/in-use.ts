import { filesOf } from '../../shared/aws/files.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { jobs } from '../../shared/jobs/job.ts';

/** Whether a job runs that a short-lived file is for: its path names the job. */
export const isInUse = async (path: string, { store }: Pick<Ctx, 'store'>): Promise<boolean> => {
  const named = path.split('/').filter(part => /^[a-z]{3,4}_[0-9a-z]{26}$/.test(part));
  const found = await store.getAll(
    jobs,
    named.map(id => ({ id })),
  );
  return found.some(({ state }) => state === 'running');
};

/** whether any short-lived file is left: one that was in use before */
export const anyInUse = async (ctx: Ctx): Promise<boolean> => {
  const { paths } = await filesOf(ctx.tenant, { short: true }).list('');
  for (const path of paths) if (await isInUse(path, ctx)) return true;
  return false;
};
