import { resolve } from 'node:path';
import { App, CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { CfnEventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { Alarms } from './alarms.ts';
import { Api, Gateway } from './api.ts';
import { bundle } from './bundle.ts';
import { Bus } from './bus.ts';
import { entries } from './functions.ts';
import { Identity } from './identity.ts';
import { Listeners } from './listeners.ts';
import { Mail } from './mail.ts';
import { Outbox } from './outbox.ts';
import { referenceFiles } from './reference-files.ts';
import type { Settings } from './settings.ts';
import { Store } from './store.ts';
import { Surroundings } from './surroundings.ts';
import { Workflows } from './workflows.ts';

/** All of Rapport, in the order in which things flow: HTTP, store, outbox, bus, reactions and workflows. */
export class Rapport extends Stack {
  readonly alarms: Alarms;
  readonly busName: string;

  constructor(scope: Construct, id: string, { settings, ...props }: StackProps & { settings: Settings }) {
    super(scope, id, { description: 'Rapport: a CRM that a company owns', ...props });
    const { folder: code } = bundle(entries, resolve(App.of(this)?.outdir ?? 'cdk.out', 'functions'), {
      'reference-api': referenceFiles(),
    });
    const identity = new Identity(this, 'Identity', { settings });
    const gateway = new Gateway(this, 'Gateway');
    const store = new Store(this, 'Store', { settings });
    const { bus } = new Bus(this, 'Bus');
    this.busName = this.resolve((bus.node.defaultChild as CfnEventBus).name);
    const mail = new Mail(this, 'Mail', { settings });
    const alarms = new Alarms(this, 'Alarms', { settings, key: store.key });
    this.alarms = alarms;
    const surroundings = new Surroundings({ store, mail, publicUrl: gateway.http.apiEndpoint });

    new Api(this, 'Api', { gateway, identity, surroundings, alarms, code });
    new Outbox(this, 'Outbox', { store, bus, alarms, code });
    new Listeners(this, 'Listeners', { bus, surroundings, alarms, code });
    new Workflows(this, 'Workflows', { bus, surroundings, alarms, code });

    new CfnOutput(this, 'ApiUrl', { value: gateway.http.apiEndpoint });
    new CfnOutput(this, 'BusName', { value: bus.eventBusName });
    new CfnOutput(this, 'TableName', { value: store.table.tableName });
    new CfnOutput(this, 'UserPoolId', { value: identity.pool.userPoolId });
  }
}
