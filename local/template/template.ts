import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Body, flattened } from './nested-stacks.ts';
import type { Properties } from './properties.ts';

export type Resource = { Type: string; Properties?: Properties; DependsOn?: string | string[]; Condition?: string };

/** One synthesised stack: its CloudFormation template and where its assets lie. */
export type Template = {
  stackName: string;
  resources: Record<string, Resource>;
  parameters: Record<string, { Type: string; Default?: unknown }>;
  conditions: Record<string, unknown>;
  mappings: Record<string, Record<string, Record<string, unknown>>>;
  outputs: Record<string, { Value: unknown; Condition?: string }>;
  /** the folder of a file asset by the S3 key the template names it under */
  assets: Map<string, string>;
};

const json = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

type Artifact = { type: string; properties?: { templateFile?: string; stackName?: string } };

const stacksIn = (dir: string): { file: string; name: string }[] => {
  const manifest = join(dir, 'manifest.json');
  if (!existsSync(manifest)) throw new Error(`${dir} holds no synthesised app; run npx cdk synth first`);
  const artifacts = Object.entries<Artifact>(json(manifest).artifacts ?? {});
  return artifacts
    .filter(([, { type }]) => type === 'aws:cloudformation:stack')
    .map(([id, { properties }]) => ({
      file: properties?.templateFile ?? `${id}.template.json`,
      name: properties?.stackName ?? id,
    }));
};

type AssetFile = { source: { path: string }; destinations: Record<string, { objectKey: string }> };

const assetsOf = (dir: string, templateFile: string) => {
  const path = join(dir, templateFile.replace('.template.json', '.assets.json'));
  const files: AssetFile[] = existsSync(path) ? Object.values(json(path).files ?? {}) : [];
  return new Map(
    files.flatMap(({ source, destinations }) =>
      Object.values(destinations).map(({ objectKey }): [string, string] => [objectKey, resolve(dir, source.path)]),
    ),
  );
};

/** the template of a nested stack, which is an asset of the one around it */
const nestedIn = (assets: Template['assets']) => (url: unknown) => {
  const text = JSON.stringify(url);
  const [, path] = [...assets].find(([key]) => text.includes(key)) ?? [];
  if (!path) throw new Error(`the template of a nested stack is not among the assets: ${text}`);
  return json(path) as Body;
};

/** Reads a stack of a cdk.out folder with those nested in it: the one of that name, or the only one. */
export const readTemplate = (dir: string, stackName?: string): Template => {
  const stacks = stacksIn(dir);
  const stack = stackName ? stacks.find(({ name }) => name === stackName) : stacks[0];
  if (!stack || (!stackName && stacks.length > 1)) {
    throw new Error(`${dir} holds the stacks ${stacks.map(({ name }) => name).join(', ') || 'none'}; name one of them`);
  }
  const assets = assetsOf(dir, stack.file);
  const template = flattened(json(join(dir, stack.file)), nestedIn(assets));
  return {
    stackName: stack.name,
    resources: template.Resources ?? {},
    parameters: template.Parameters ?? {},
    conditions: template.Conditions ?? {},
    mappings: template.Mappings ?? {},
    outputs: template.Outputs ?? {},
    assets,
  };
};
