import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { App } from 'aws-cdk-lib/core';
import { afterAll } from 'vitest';
import { Rapport } from '../../lib/rapport.ts';
import { settingsFor } from '../../lib/settings.ts';
import { readTemplate } from '../../local/template/template.ts';

export type Resource = { Type: string; Properties: Record<string, unknown>; DeletionPolicy?: string };

const dev = { mail: { from: 'hello@example.com' } };

/** what a stage besides dev needs at least */
export const deployed = {
  tenants: ['acme', 'zenith'],
  mail: { from: 'hello@mail.acme.test', receives: ['acme.test'] },
  alarmMail: 'ops@acme.test',
};

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** an app with the stack of one stage, in a folder that goes after the file's tests */
export const appOf = (stage: string, more: object = {}) => {
  const outdir = mkdtempSync(join(tmpdir(), 'rapport-template-'));
  folders.push(outdir);
  const app = new App({ outdir });
  const given = stage === 'dev' ? dev : deployed;
  // templates are the same without bundles: any folder will do
  const code = () => Code.fromAsset(import.meta.dirname);
  return { app, stack: new Rapport(app, 'Rapport', { settings: settingsFor(stage, { ...given, ...more }), code }) };
};

/** the resources of a stage's template and the nested ones, by type */
export const templateOf = (stage: string, more?: object) => {
  const { app, stack } = appOf(stage, more);
  app.synth();
  const resources = Object.entries(readTemplate(app.outdir).resources as Record<string, Resource>);
  const all = (type: string) =>
    resources
      .filter(([, one]) => one.Type === type)
      .map(([id, { Properties, ...rest }]) => ({ id, ...rest, ...Properties }));
  // biome-ignore lint/suspicious/noExplicitAny: templates are asserted on, not computed with
  return { stack, all: all as (type: string) => any[] };
};

/** the logical id that a reference leads to */
export const idOf = (reference: unknown): string => {
  const { Ref, 'Fn::GetAtt': attribute } = (reference ?? {}) as { Ref?: string; 'Fn::GetAtt'?: string[] };
  return Ref ?? attribute?.[0] ?? '';
};
