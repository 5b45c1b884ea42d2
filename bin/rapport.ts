import { App, Tags } from 'aws-cdk-lib';
import { gatherDeclared } from '../lib/declared.ts';

gatherDeclared();
const [{ codeIn }, { Rapport }, { settingsOf }] = await Promise.all([
  import('../lib/code.ts'),
  import('../lib/rapport.ts'),
  import('../lib/settings.ts'),
]);

const app = new App();
const settings = settingsOf(app.node);
const stack = new Rapport(app, `Rapport-${settings.stage}`, { settings, code: await codeIn(app.outdir) });
Tags.of(stack).add('application', 'rapport');
Tags.of(stack).add('stage', settings.stage);
