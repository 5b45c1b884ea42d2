import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import * as contexts from '../../functions/contexts.ts';
import { clientSource } from '../client/client-source.ts';
import { openapi } from '../openapi.ts';
import { Rapport } from '../rapport.ts';
import { settingsOf } from '../settings.ts';
import { dataModel } from './data-model.ts';
import { eventSchemas, eventsPage } from './event-pages.ts';
import { runbook } from './runbook.ts';
import { samples } from './samples.ts';

const root = join(import.meta.dirname, '..', '..');

const formatted = (file: string, source: string) => {
  const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome');
  return execFileSync(process.execPath, [biome, 'format', `--stdin-file-path=${file}`], {
    cwd: root,
    input: source,
    encoding: 'utf8',
  });
};

/** what of the documents depends on the stack */
const ofStack = () => {
  const outdir = mkdtempSync(join(tmpdir(), 'rapport-docs-'));
  try {
    const app = new App({ outdir });
    const settings = settingsOf(app.node);
    // what is deployed needs no bundles to be described: any folder will do
    const { alarms, busName } = new Rapport(app, 'Rapport-dev', { settings, code: () => import.meta.dirname });
    return { 'docs/runbook.md': runbook(alarms), ...samples(busName) };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
};

/** Every generated file of the repository: path -> content. */
export const generated = async (): Promise<Record<string, string>> => ({
  'client/api.ts': formatted('client/api.ts', clientSource(contexts, openapi(contexts, ''))),
  'docs/data-model.md': await dataModel(),
  'docs/events.md': eventsPage(),
  'docs/events.schema.json': eventSchemas(),
  ...ofStack(),
});
