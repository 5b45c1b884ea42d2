import { exportRequested } from '../../events/export.ts';
import { newId } from '../../events/ids.ts';
import { confidentialAttribute } from '../customers/errors.ts';
import { hiddenFrom } from '../customers/redact.ts';
import { filesOf } from '../shared/aws/files.ts';
import { handlers } from '../shared/http/contract.ts';
import { jobs, startJob } from '../shared/jobs/job.ts';
import { emit } from '../shared/store/changes.ts';
import { routes } from './contract.ts';
import { exportNotFound } from './errors.ts';
import { copyPath, toReply } from './export.ts';

export const exportHandlers = handlers(routes, {
  createExport: async ({ body }, ctx) => {
    const { now, actor, store } = ctx;
    // a copy without hidden attributes could not be restored
    if ((await hiddenFrom(ctx)).length) throw confidentialAttribute();
    const id = newId('export', now);
    const { job, changes } = startJob(now, {
      id,
      kind: 'export',
      by: actor,
      cancelScope: 'settings.admin',
      input: body,
    });
    return store.commit([...changes, emit(exportRequested, { about: id, data: body })], { ...toReply(job), url: null });
  },

  listExports: async ({ query }, { store }) => {
    const { items, nextCursor } = await store.list(jobs, 'kind', 'export', query);
    return { items: items.map(job => ({ ...toReply(job), url: null })), nextCursor };
  },

  readExport: async ({ params: { id = '' } }, ctx) => {
    const { tenant, store } = ctx;
    const [job, hidden] = await Promise.all([store.get(jobs, { id }), hiddenFrom(ctx)]);
    if (job?.kind !== 'export') throw exportNotFound();
    if (hidden.length) throw confidentialAttribute();
    const files = filesOf(tenant, { short: true });
    const exists = job.state === 'done' && (await files.look(copyPath(id)));
    const filename = `${tenant}-${job.createdAt.slice(0, 10)}.ndjson`;
    return { ...toReply(job), url: exists ? await files.downloadUrl(copyPath(id), { filename }) : null };
  },
});
