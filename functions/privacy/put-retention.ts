import { newId } from '../../events/ids.ts';
import { retentionSettingsChanged } from '../../events/retention.ts';
import { anyRule, type RetentionSettings, retentionSettings } from '../customers/retention-settings.ts';
import type { Handler } from '../shared/http/contract.ts';
import { continueJob, jobs, startJob } from '../shared/jobs/job.ts';
import { type Change, emit, insert, update } from '../shared/store/changes.ts';
import { nextNight } from './next-night.ts';
import type { retentionRoutes } from './retention-routes.ts';

type Ctx = Parameters<Handler<typeof retentionRoutes.putRetention>>[1];

/** the job that starts a run each night: the one there is, or a new one whose first night is the next */
const nightly = async (
  before: RetentionSettings | undefined,
  timeZone: string | undefined,
  { now, actor, store }: Ctx,
) => {
  const there = before?.nights && (await store.get(jobs, { id: before.nights }));
  if (there && there.state === 'running') return { nights: there.id, changes: [] };
  const { job } = startJob(now, { id: newId('job', now), kind: 'retention-nights', by: actor });
  const changes: Change[] = [insert(jobs, job), continueJob(job, nextNight(now, timeZone))];
  return { nights: job.id, changes };
};

export const putRetention: Handler<typeof retentionRoutes.putRetention> = async ({ body }, ctx) => {
  const { store } = ctx;
  const before = await store.get(retentionSettings, {});
  const night = anyRule(body) ? await nightly(before, body.timeZone, ctx) : undefined;
  const after = { ...body, version: (before?.version ?? 0) + 1, ...(night ? { nights: night.nights } : {}) };
  return store.commit(
    [
      before ? update(retentionSettings, before, after) : insert(retentionSettings, after),
      emit(retentionSettingsChanged, { about: 'retention', data: body }),
      ...(night?.changes ?? []),
    ],
    after,
  );
};
