import { expect, test } from 'vitest';
import type { JobKind } from '#declared/job-kinds.ts';
import { jobContinued } from '../../events/job.ts';
import { reacting } from '../../functions/shared/events/consume.ts';
import { work } from '../../functions/shared/http/contract.ts';
import { jobs, startJob } from '../../functions/shared/jobs/job.ts';
import { runJobs } from '../../functions/shared/jobs/run-jobs.ts';
import { openStore } from '../../functions/shared/store/store.ts';
import { thisStack } from '../this-stack.ts';
import { ownTable } from '../tracking/own-table.ts';

/** of no context: the stack itself runs none of its slices */
const kind = 'test-slices';

/** a job whose slices take a given share of the function's time, delivered one by one */
const running = async (usual: number, millisecondsEach: number) => {
  await ownTable(thisStack().awsUrl);
  const tenant = `job${Date.now().toString(36)}${Math.random().toString(36).slice(2, 6)}`;
  const now = () => new Date().toISOString();
  const store = () => openStore({ tenant, now: now(), actor: 'test' });
  const { job } = startJob(now(), { kind: kind as JobKind, by: 'test' });
  await store().restore([{ pk: `${tenant}#job#${job.id}`, sk: '~', kind: jobs.kind, schema: 1, doc: job }]);
  const sizes: number[] = [];
  const done = { left: 0, stopped: false };
  const reaction = runJobs(
    'test',
    { [kind]: work('tests') },
    {
      [kind]: {
        async slice(_, ctx) {
          const size = ctx.perSlice(usual);
          sizes.push(size);
          done.left -= size * millisecondsEach;
          done.stopped = done.left < 0;
          if (done.stopped) throw new Error('stopped for its time');
          return { cursor: sizes.length };
        },
      },
    },
  );
  const deliver = async (delivery: number, { silent = false } = {}) => {
    const { slice } = await store().need(jobs, { id: job.id });
    const detail = { id: `evt_${slice}`, tenant, occurredAt: now(), customerId: null, actor: 'test', about: job.id };
    const data = { kind, slice };
    const body = JSON.stringify({
      source: 'rapport.jobs',
      'detail-type': jobContinued.name,
      detail: { ...detail, data },
    });
    done.left = 30_000;
    const attributes = { ApproximateReceiveCount: String(delivery) };
    const Records = [{ messageId: 'm', body, attributes, eventSourceARN: 'a:b:c:d:e:f' }];
    // a function that is stopped says nothing
    if (!silent) await reacting(reaction)({ Records } as never, { getRemainingTimeInMillis: () => done.left } as never);
    return store().need(jobs, { id: job.id });
  };
  return { deliver, sizes, done };
};

test('a slice that did not end in time is done in halves, and the job says that it was tried again', async () => {
  const { deliver, sizes } = await running(1000, 100);
  await deliver(1, { silent: true });
  const second = await deliver(2);
  expect([sizes, second.slice, second.retry?.attempts]).toEqual([[500], 0, 2]);
  const third = await deliver(3);
  expect([sizes, third.slice, third.retry]).toEqual([[500, 250], 1, undefined]);
  await deliver(1);
  expect(sizes.at(-1)).toBe(125);
});

test('slices find the size that the time allows', async () => {
  const { deliver, sizes, done } = await running(1000, 25);
  for (let nth = 0; nth < 6; nth++) {
    await deliver(1);
    expect(done.stopped).toBe(false);
  }
  expect(sizes[0]).toBe(1000);
  expect(sizes.slice(1)).toEqual([500, 500, 500, 500, 500]);
});
