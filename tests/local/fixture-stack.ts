import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Stack, type StackOptions, startStack } from '../../local/stack.ts';

export type Running = Stack & {
  warnings: string[];
  dataDir: string;
  get(path: string, init?: RequestInit): Promise<Response>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  /** waits until all that was set off is done */
  idle(): Promise<void>;
  advance(duration: string): Promise<void>;
  log(): Promise<string>;
};

/** an empty folder that goes away with the test */
export const scratchFolder = () => {
  const dir = mkdtempSync(join(tmpdir(), 'stack-test-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
};

export const fixture = join(import.meta.dirname, 'fixture');

/** Starts the fixture's stack on free ports; who starts it closes it. */
export const startFixture = async (dataDir?: string, more: Partial<StackOptions> = {}): Promise<Running> => {
  const warnings: string[] = [];
  const stack = await startStack({
    template: fixture,
    dataDir: dataDir ?? '',
    memory: dataDir === undefined,
    port: 0,
    log: line => warnings.push(line),
    ...more,
  });
  const get = (path: string, init?: RequestInit) => fetch(stack.url + path, init);
  const post = (path: string, body: unknown, headers = {}) =>
    get(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  const must = async (reply: Response) => {
    if (!reply.ok) throw new Error(`${reply.status} ${await reply.text()}`);
  };
  return {
    ...stack,
    warnings,
    dataDir: dataDir ?? '',
    get,
    post,
    idle: async () => must(await post('/_local/idle', { timeoutMs: 15_000 })),
    advance: async advance => must(await post('/_local/clock', { advance })),
    log: async () => (await get('/_local/log?tail=500')).text(),
  };
};
