import { newId } from '../../../events/ids.ts';
import { importCreated, importFailed, importScheduleRan } from '../../../events/import.ts';
import { filesOf } from '../../shared/aws/files.ts';
import { ApiError } from '../../shared/http/api-error.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { type Job, jobs, waitingJob } from '../../shared/jobs/job.ts';
import { type Change, emit, insert, update, updated } from '../../shared/store/changes.ts';
import { begun } from '../begun.ts';
import { saidOf, uploadPath } from '../import.ts';
import { inboxPath, type LastRun, type StoredSchedule, schedules } from './schedule.ts';

type Ran = { lastRun: LastRun; last?: StoredSchedule['last']; changes: Change[] };

/** an import of the file as it is now; one that cannot be read is an import that failed, with its report */
const importing = async (schedule: StoredSchedule, etag: string, ctx: Ctx): Promise<Ran> => {
  const { tenant, now } = ctx;
  const id = newId('import', now);
  const waits: Job = waitingJob(now, {
    id,
    kind: 'import',
    by: schedule.by,
    input: { ...schedule.import, dryRun: false },
  });
  await filesOf(tenant, { short: true }).copyKept(inboxPath(schedule.id), uploadPath(id));
  const created = emit(importCreated, { about: id, data: saidOf(waits) });
  const last = { importId: id, etag };
  try {
    const { after, changes } = await begun(waits, ctx);
    const lastRun: LastRun = { at: now, outcome: 'imported', importId: id };
    return { lastRun, last, changes: [insert(jobs, after), created, ...changes] };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const problem = error.message;
    const failed = updated(now, waits, { state: 'failed', problem });
    const said = emit(importFailed, { about: id, data: { ...saidOf(waits), rows: {}, problem } });
    const lastRun: LastRun = { at: now, outcome: 'failed', importId: id, problem };
    return { lastRun, last, changes: [insert(jobs, failed), created, said] };
  }
};

const run = async (schedule: StoredSchedule, ctx: Ctx): Promise<Ran> => {
  const { tenant, now, store } = ctx;
  const none = (outcome: LastRun['outcome']): Ran => ({ lastRun: { at: now, outcome }, changes: [] });
  const [file, before] = await Promise.all([
    filesOf(tenant).look(inboxPath(schedule.id)),
    schedule.last && store.get(jobs, { id: schedule.last.importId }),
  ]);
  if (!file) return none('no-file');
  if (before?.state === 'running') return none('running');
  return file.etag === schedule.last?.etag ? none('unchanged') : importing(schedule, file.etag, ctx);
};

/** What it comes to when a schedule's file is to be imported now: an import where the file is another than before. */
export const runNow = async (
  before: StoredSchedule,
  ctx: Ctx,
  times: Partial<Pick<StoredSchedule, 'nextRunAt'>> = {},
): Promise<{ after: StoredSchedule; changes: Change[] }> => {
  const { lastRun, last, changes } = await run(before, ctx);
  const after = updated(ctx.now, before, { ...times, lastRun, ...(last ? { last } : {}) });
  const { outcome, importId } = lastRun;
  const data = { name: before.name, outcome, ...(importId ? { importId } : {}) };
  const said = emit(importScheduleRan, { about: before.id, data });
  return { after, changes: [update(schedules, before, after), said, ...changes] };
};
