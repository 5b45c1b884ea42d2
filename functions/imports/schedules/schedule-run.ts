import { newId } from '../../../events/ids.ts';
import { importFailed, importScheduleDue, importScheduleRan } from '../../../events/import.ts';
import { filesOf } from '../../shared/aws/files.ts';
import { ApiError } from '../../shared/http/api-error.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { type Job, jobs } from '../../shared/jobs/job.ts';
import { type Change, emit, insert, schedule, update, updated } from '../../shared/store/changes.ts';
import { newImport, startedImport } from '../begin-import.ts';
import { originOf, uploadPath } from '../import.ts';
import { inboxPath, type LastRun, type StoredSchedule, schedules } from './schedule.ts';

export const dueAt = ({ id, nextRunAt }: StoredSchedule): Change[] =>
  nextRunAt ? [schedule(nextRunAt, importScheduleDue, { about: id, data: { at: nextRunAt } })] : [];

type Ran = { lastRun: LastRun; last?: StoredSchedule['last']; changes: Change[] };

/** an import of the file as it is now; one that cannot be read is an import that failed, with its report */
const importing = async (one: StoredSchedule, etag: string, ctx: Ctx): Promise<Ran> => {
  const { tenant, now } = ctx;
  const id = newId('import', now);
  const { job, created } = newImport(now, id, one.by, { ...one.import, dryRun: false });
  await filesOf(tenant, { short: true }).copyKept(inboxPath(one.id), uploadPath(id));
  const ran = (lastRun: Omit<LastRun, 'at' | 'importId'>, after: Job, changes: Change[]): Ran => ({
    lastRun: { ...lastRun, at: now, importId: id },
    last: { importId: id, etag },
    changes: [insert(jobs, after), created, ...changes],
  });
  try {
    const { after, changes } = await startedImport(job, ctx);
    return ran({ outcome: 'imported' }, after, changes);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const problem = error.message;
    const failed = emit(importFailed, { about: id, data: { ...originOf(job), rows: {}, problem } });
    return ran({ outcome: 'failed', problem }, updated(now, job, { state: 'failed', problem }), [failed]);
  }
};

const run = async (one: StoredSchedule, ctx: Ctx): Promise<Ran> => {
  const { tenant, now, store } = ctx;
  const none = (outcome: LastRun['outcome']): Ran => ({ lastRun: { at: now, outcome }, changes: [] });
  const [file, before] = await Promise.all([
    filesOf(tenant).look(inboxPath(one.id)),
    one.last && store.get(jobs, { id: one.last.importId }),
  ]);
  if (!file) return none('no-file');
  if (before?.state === 'running') return none('running');
  return file.etag === one.last?.etag ? none('unchanged') : importing(one, file.etag, ctx);
};

/** Imports the file of a schedule now, if it has changed; `times`: when it is due next. */
export const runNow = async (
  before: StoredSchedule,
  ctx: Ctx,
  times: Partial<Pick<StoredSchedule, 'nextRunAt'>> = {},
): Promise<{ after: StoredSchedule; changes: Change[] }> => {
  const { lastRun, last, changes } = await run(before, ctx);
  const after = updated(ctx.now, before, { ...times, lastRun, ...(last ? { last } : {}) });
  const { outcome, importId } = lastRun;
  const data = { name: before.name, outcome, ...(importId ? { importId } : {}) };
  return {
    after,
    changes: [update(schedules, before, after), emit(importScheduleRan, { about: before.id, data }), ...changes],
  };
};
