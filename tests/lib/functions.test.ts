import { expect, test } from 'vitest';
import { jobRunner } from '../../lib/functions.ts';
import { patternOf } from '../../lib/listeners.ts';

test('a context with kinds of jobs gets one function for them, with the rights that they need', () => {
  const [runner, ...others] = jobRunner(['data-quality', { works: { hygiene: { uses: ['files'] }, report: {} } }]);
  expect(others).toEqual([]);
  expect(runner).toMatchObject({
    name: 'data-quality-run-job',
    entry: 'functions/data-quality/run-job.ts',
    context: 'data-quality',
    uses: ['files'],
    batchSize: 1,
  });
  expect(patternOf(runner as NonNullable<typeof runner>)).toEqual({
    source: [expect.stringMatching(/^rapport\./)],
    detailType: ['job.continued'],
    detail: { data: { kind: ['hygiene', 'report'] } },
  });
});

test('a context without jobs gets none', () => expect(jobRunner(['sales', {}])).toEqual([]));
