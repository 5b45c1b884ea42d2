import { mkdirSync } from 'node:fs';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { App, Tags } from 'aws-cdk-lib/core';
import { codeIn, foldersIn } from './code.ts';
import type { CodeOf } from './function.ts';
import { Rapport } from './rapport.ts';
import { settingsOf } from './settings.ts';

// the rules of CloudFormation are checked for `cdk synth` and `cdk deploy`: they take longer than everything else
if (!process.env.CDK_CLI_VERSION) process.env.CDK_VALIDATION ??= 'false';
// only for a run on this machine: no tool reads the tree, and the functions are bundled while the stack is made
const local = process.env.RAPPORT_LOCAL === '1';
const app = new App({ treeMetadata: !local });
const settings = settingsOf(app.node, local ? 'dev' : undefined);

const codeBundledMeanwhile: CodeOf = name => {
  const folder = foldersIn(app.outdir)(name);
  mkdirSync(folder, { recursive: true });
  return Code.fromAsset(folder, { assetHash: name });
};

const codeBundledNow = async (): Promise<CodeOf> => {
  const folder = await codeIn(app.outdir);
  return name => Code.fromAsset(folder(name));
};

const code = local ? codeBundledMeanwhile : await codeBundledNow();
const stack = new Rapport(app, `Rapport-${settings.stage}`, { settings, code });
Tags.of(stack).add('application', 'rapport');
Tags.of(stack).add('stage', settings.stage);
app.synth();
