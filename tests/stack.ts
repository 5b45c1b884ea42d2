import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startRapport } from '../bin/stack.ts';

/** small slices, so that jobs of a few rows have several */
const environment = { RAPPORT_SLICE: '8' };

const startOne = async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'rapport-data-'));
  const log = (line: string) => console.log(line);
  const { url, awsUrl, outputs, close } = await startRapport({ dataDir, port: 0, environment, log });
  const end = async () => {
    await close();
    rmSync(dataDir, { recursive: true, force: true });
  };
  const { BusName: busName = '', OwnBusName: ownBusName = '', DueQueueArn: dueQueue = '' } = outputs;
  return { stack: { url, awsUrl, busName, ownBusName, dueQueue, dataDir }, end };
};

/** One stack for the files that share it; one for each worker of those that need a stack to themselves. */
export default async ({ provide, name, config }: TestProject) => {
  const shared = name === 'shared';
  const count = shared ? 1 : Number(config.maxWorkers);
  const started = await Promise.all(Array.from({ length: count }, startOne));
  provide(
    'stacks',
    started.map(({ stack }) => stack),
  );
  provide('shared', shared);
  return async () => {
    await Promise.all(started.map(({ end }) => end()));
  };
};
