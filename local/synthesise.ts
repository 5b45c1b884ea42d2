import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';

/** what an app is made of, besides what its package.json names */
const sources = [
  'bin/**',
  'lib/**',
  'settings/**',
  'functions/**',
  'events/**',
  'package.json',
  'package-lock.json',
  'cdk.json',
];

/** syntheses that are not removed, as a stack may run from each */
const most = 3;

/** what only a deployment needs takes half the time */
const context = {
  'aws:cdk:disable-asset-staging': true,
  'aws:cdk:enable-asset-metadata': false,
  'aws:cdk:disable-stack-trace': true,
  'aws:cdk:disable-creation-stack-traces': true,
  'aws:cdk:disable-logicalId-metadata': true,
};

export type SynthesisOptions = {
  /** what the app gets in its environment, for a template that is to run here */
  environment?: Record<string, string>;
  log?(line: string): void;
};

const hashOf = (root: string, environment: object) => {
  const hash = createHash('sha256').update(JSON.stringify([process.version, environment]));
  for (const file of globSync(sources, { cwd: root }).sort()) {
    const path = join(root, file);
    if (statSync(path).isFile()) hash.update(path).update(readFileSync(path));
  }
  return hash.digest('hex').slice(0, 16);
};

const run = async (root: string, outdir: string, environment: Record<string, string>) => {
  const { app, context: given = {} } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8'));
  const child = spawn(app.replace(/^npx (--no-install )?/, ''), {
    cwd: root,
    shell: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PATH: join(root, 'node_modules/.bin') + delimiter + process.env.PATH,
      NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --max-semi-space-size=64`, // a fifth of the time is garbage else
      NODE_COMPILE_CACHE: join(root, 'node_modules/.cache/synthesis'),
      CDK_OUTDIR: outdir,
      CDK_VALIDATION: 'false', // against CloudFormation's own rules, by `npx cdk synth`
      CDK_CONTEXT_JSON: JSON.stringify({ ...context, ...given }),
      ...environment,
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (output += chunk));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`the stack cannot be synthesised: ${app} failed\n${output.trim()}`);
};

/** in a folder whose synthesis is complete */
const complete = '.complete';

/** removes what was synthesised of other sources, but for the last few, and what was not completed */
const prune = (folder: string) => {
  const made = readdirSync(folder)
    .filter(name => /^[0-9a-f]{16}$/.test(name))
    .map(name => join(folder, name))
    .map(path => ({ path, at: statSync(join(path, complete), { throwIfNoEntry: false })?.mtimeMs }))
    .sort((a, b) => (b.at ?? 0) - (a.at ?? 0));
  for (const [nth, { path, at }] of made.entries())
    if (!at || nth >= most) rmSync(path, { recursive: true, force: true });
};

/** waits for the turn: two at once would write into each other's output */
const takeTurn = async (folder: string) => {
  const lock = new DatabaseSync(join(folder, '.turn'), { timeout: 0 });
  for (let left = 600; ; left--) {
    try {
      lock.exec('BEGIN EXCLUSIVE');
      return () => lock.close();
    } catch (error) {
      if (!left) throw error;
      await sleep(100);
    }
  }
};

/** Synthesises the CDK app in `root` unless that was done of the same sources; resolves to the folder in cdk.out. */
export const synthesise = async (root: string, { environment = {}, log }: SynthesisOptions = {}): Promise<string> => {
  const all = join(root, 'cdk.out');
  const outdir = join(all, hashOf(root, environment));
  const done = () => existsSync(join(outdir, complete));
  if (done()) return outdir;
  mkdirSync(all, { recursive: true });
  const end = await takeTurn(all);
  try {
    if (done()) return outdir;
    log?.('Synthesising the stack: about 5 seconds, once for each change of the sources …');
    rmSync(outdir, { recursive: true, force: true });
    await run(root, outdir, environment);
    writeFileSync(join(outdir, complete), '');
    prune(all);
    return outdir;
  } catch (error) {
    rmSync(outdir, { recursive: true, force: true });
    throw error;
  } finally {
    end();
  }
};
