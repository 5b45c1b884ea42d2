import { App, Tags } from 'aws-cdk-lib';
import { gatherDeclared } from '../lib/declared.ts';

gatherDeclared();
const [{ codeIn }, { Rapport }, { settingsOf }] = await Promise.all([
  import('../lib/code.ts'),
  import('../lib/rapport.ts'),
  import('../lib/settings.ts'),
]);

// the rules of CloudFormation are checked for `cdk synth` and `cdk deploy`: they take longer than everything else
if (!process.env.CDK_CLI_VERSION) process.env.CDK_VALIDATION ??= 'false';
// only for a run on this machine: functions share code, and no tool reads the tree
const local = process.env.RAPPORT_LOCAL === '1';
const app = new App({ treeMetadata: !local });
const settings = settingsOf(app.node);
const stack = new Rapport(app, `Rapport-${settings.stage}`, { settings, code: await codeIn(app.outdir, local) });
Tags.of(stack).add('application', 'rapport');
Tags.of(stack).add('stage', settings.stage);
