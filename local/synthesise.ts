import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** what an app is made of; nothing newer than the last synthesis means there is nothing to do */
const sources = ['bin', 'lib', 'functions', 'events', 'package.json', 'cdk.json'];

const changedAt = (path: string): number => {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  // a folder's own time tells of files that went away
  return Math.max(found.mtimeMs, ...readdirSync(path).map(name => changedAt(join(path, name))));
};

/** half the time goes into what only a deployment needs */
const lean = { 'aws:cdk:enable-asset-metadata': false, 'aws:cdk:disable-stack-trace': true };

const run = async (root: string, outdir: string) => {
  const { app, context = {} } = JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8'));
  const child = spawn(app.replace(/^npx (--no-install )?/, ''), {
    cwd: root,
    shell: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PATH: join(root, 'node_modules/.bin') + delimiter + process.env.PATH,
      CDK_OUTDIR: outdir,
      CDK_VALIDATION: 'false', // against CloudFormation's own rules, by `npx cdk synth`
      CDK_CONTEXT_JSON: JSON.stringify({ ...lean, ...context }),
    },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', chunk => (said += chunk));
  const [code] = await once(child, 'close');
  if (code === 0) return;
  rmSync(join(outdir, 'manifest.json'), { force: true });
  throw new Error(`the stack cannot be synthesised: ${app} failed\n${said.trim()}`);
};

/** Synthesises the CDK app in `root` unless that was done after its last change; resolves to the cdk.out folder. */
export const synthesise = async (root: string): Promise<string> => {
  const outdir = join(root, 'cdk.out');
  const manifest = join(outdir, 'manifest.json');
  const fresh = () => changedAt(manifest) > Math.max(...sources.map(name => changedAt(join(root, name))));
  if (fresh()) return outdir;
  mkdirSync(outdir, { recursive: true });
  // two at once would write into each other's output
  const turn = new DatabaseSync(join(outdir, '.turn'), { timeout: 60_000 });
  try {
    turn.exec('BEGIN EXCLUSIVE');
    if (!fresh()) await run(root, outdir);
    return outdir;
  } finally {
    turn.close();
  }
};
