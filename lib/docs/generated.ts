import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { App } from 'aws-cdk-lib/core';
import * as contexts from '../../functions/contexts.ts';
import pkg from '../../package.json' with { type: 'json' };
import { openapi } from '../openapi.ts';
import { Rapport } from '../rapport.ts';
import { settingsOf } from '../settings.ts';

import { clientTypes } from './client-types.ts';
import { dataModel } from './data-model.ts';
import { eventSchemas, eventsPage } from './event-pages.ts';
import { openapiFile } from './openapi-file.ts';
import { quotas, quotasPage } from './quotas.ts';
import { securityPage } from './roles.ts';
import { runbook } from './runbook.ts';
import { samples } from './samples.ts';

export type Generated = Record<string, string>;

const fromStack = (): Generated => {
  process.env.CDK_VALIDATION ??= 'false';
  const outdir = mkdtempSync(join(tmpdir(), 'rapport-docs-'));
  try {
    const app = new App({ outdir });
    // the stack can be described without bundles
    const code = () => Code.fromAsset(import.meta.dirname);
    const machines = { shop: { tenant: 'demo', scopes: ['customers.read' as const] } };
    const settings = { ...settingsOf(app.node), machines };
    const { alarms, busName } = new Rapport(app, 'Rapport-dev', { settings, code });
    app.synth();
    return { 'docs/runbook.md': runbook(alarms), 'docs/quotas.md': quotasPage(quotas(outdir)), ...samples(busName) };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
};

/** path -> content of the generated files that are committed: the baseline of the API, and what people read in the repository */
export const committed = (): Generated => ({
  'docs/openapi.json': openapiFile(openapi(contexts, pkg.version)),
  'docs/security.md': securityPage(),
  ...fromStack(),
});

/** path -> content of the generated files that git ignores */
export const ignored = async (): Promise<Generated> => ({
  'client/api.ts': clientTypes(JSON.parse(JSON.stringify(openapi(contexts, pkg.version)))),
  'docs/data-model.md': await dataModel(),
  'docs/events.md': eventsPage(),
  'docs/events.schema.json': eventSchemas(),
});
