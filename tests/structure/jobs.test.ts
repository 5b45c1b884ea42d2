import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as contexts from '../../functions/contexts.ts';

type Contract = { works?: Record<string, unknown> };

const declared = Object.values(contexts as Record<string, Contract>).flatMap(({ works = {} }) => Object.keys(works));

/** what is given as `kind` where jobs are started: a text, or a constant of the same file or of one that it imports */
const started = globSync('functions/**/*.ts').flatMap(file => {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(/(?:startJob|waitingJob)\([^;]*?\bkind(?:: ('[\w-]+'|\w+))?[,\s}]/g)].map(
    ([, kind = 'kind']) => ({ file, kind }),
  );
});

test('a job is started only with a kind that some context runs', () => {
  expect(declared.length).toBeGreaterThan(10);
  expect(new Set(declared).size).toBe(declared.length);
  const texts = started.filter(({ kind }) => kind.startsWith("'"));
  expect(texts.length).toBeGreaterThan(5);
  expect(texts.filter(({ kind }) => !declared.includes(kind.slice(1, -1)))).toEqual([]);
});

test('each context that declares kinds of jobs runs them', () => {
  for (const [context, { works }] of Object.entries(contexts as Record<string, Contract>)) {
    if (works)
      expect(readFileSync(`functions/${context}/run-job.ts`, 'utf8')).toContain(`runJobs('${context}', works,`);
  }
});
