import { type CfnEventBus, EventBus } from 'aws-cdk-lib/aws-events';
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { Alarms } from './alarms.ts';
import { Gateway } from './api.ts';
import { Context } from './context.ts';
import { Files } from './files.ts';
import type { CodeOf } from './function.ts';
import { contextNames } from './functions.ts';
import { Identity } from './identity.ts';
import { Mail } from './mail.ts';
import { pascal } from './names.ts';
import { Outbox } from './outbox.ts';
import type { Settings } from './settings.ts';
import { Store } from './store.ts';
import { acknowledge } from './suppressions.ts';
import { Surroundings } from './surroundings.ts';

type Props = StackProps & {
  settings: Settings;
  code: CodeOf;
};

/** All of Rapport: identity, store, bus, mail, alarms, gateway, files and outbox, then the contexts. */
export class Rapport extends Stack {
  readonly alarms: Alarms;
  readonly busName: string;

  constructor(scope: Construct, id: string, { settings, code, ...props }: Props) {
    super(scope, id, { description: 'Rapport: a CRM that a company owns', ...props });
    const identity = new Identity(this, 'Identity', { settings });
    const store = new Store(this, 'Store', { settings });
    // no archive: customers could not be erased from it
    const bus = new EventBus(new Construct(this, 'Bus'), 'Bus', { description: 'All events of Rapport' });
    this.busName = this.resolve((bus.node.defaultChild as CfnEventBus).name);
    const mail = new Mail(this, 'Mail', { settings });
    const alarms = new Alarms(this, 'Alarms', { settings, key: store.key });
    this.alarms = alarms;
    const gateway = new Gateway(this, 'Gateway', { identity, alarms });
    const files = new Files(this, 'Files', { settings, store });
    const surroundings = new Surroundings({ store, mail, files, publicUrl: gateway.http.apiEndpoint });

    new Outbox(this, 'Outbox', { store, bus, alarms, code });
    for (const context of contextNames) {
      new Context(this, pascal(context), { context, gateway, bus, surroundings, alarms, code });
    }

    acknowledge(this);
    new CfnOutput(this, 'ApiUrl', { value: gateway.http.apiEndpoint });
    new CfnOutput(this, 'BusName', { value: bus.eventBusName });
    new CfnOutput(this, 'TableName', { value: store.table.tableName });
    new CfnOutput(this, 'UserPoolId', { value: identity.pool.userPoolId });
  }
}
