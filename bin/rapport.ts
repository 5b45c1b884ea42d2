import { App, Tags } from 'aws-cdk-lib';
import { codeIn } from '../lib/code.ts';
import { Rapport } from '../lib/rapport.ts';
import { settingsOf } from '../lib/settings.ts';

const app = new App();
const settings = settingsOf(app.node);
const stack = new Rapport(app, `Rapport-${settings.stage}`, { settings, code: await codeIn(app.outdir) });
Tags.of(stack).add('application', 'rapport');
Tags.of(stack).add('stage', settings.stage);
