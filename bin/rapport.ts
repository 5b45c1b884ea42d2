import { App, Tags } from 'aws-cdk-lib';
import { codeIn } from '../lib/code.ts';
import { Rapport } from '../lib/rapport.ts';
import { settingsOf } from '../lib/settings.ts';

// only for a run on this machine: functions share code, and nobody reads the tree
const local = process.env.RAPPORT_LOCAL === '1';
const app = new App({ treeMetadata: !local });
const settings = settingsOf(app.node);
const stack = new Rapport(app, `Rapport-${settings.stage}`, { settings, code: await codeIn(app.outdir, local) });
Tags.of(stack).add('application', 'rapport');
Tags.of(stack).add('stage', settings.stage);
