import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { CfnEventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { Alarms } from './alarms.ts';
import { Api, Gateway } from './api.ts';
import { Bus } from './bus.ts';
import { Files } from './files.ts';
import { Identity } from './identity.ts';
import { Listeners } from './listeners.ts';
import { Mail } from './mail.ts';
import { Outbox } from './outbox.ts';
import type { Settings } from './settings.ts';
import { Store } from './store.ts';
import { acknowledge } from './suppressions.ts';
import { Surroundings } from './surroundings.ts';
import { Workflows } from './workflows.ts';

type Props = StackProps & {
  settings: Settings;
  /** the folder of each function's bundle */
  code: (name: string) => string;
};

/** All of Rapport, in the order in which things flow: HTTP, store, outbox, bus, reactions and workflows. */
export class Rapport extends Stack {
  readonly alarms: Alarms;
  readonly busName: string;

  constructor(scope: Construct, id: string, { settings, code, ...props }: Props) {
    super(scope, id, { description: 'Rapport: a CRM that a company owns', ...props });
    const identity = new Identity(this, 'Identity', { settings });
    const gateway = new Gateway(this, 'Gateway');
    const store = new Store(this, 'Store', { settings });
    const { bus } = new Bus(this, 'Bus');
    this.busName = this.resolve((bus.node.defaultChild as CfnEventBus).name);
    const mail = new Mail(this, 'Mail', { settings });
    const alarms = new Alarms(this, 'Alarms', { settings, key: store.key });
    this.alarms = alarms;
    const files = new Files(this, 'Files', { settings, store });
    const surroundings = new Surroundings({ store, mail, files, publicUrl: gateway.http.apiEndpoint });

    new Api(this, 'Api', { gateway, identity, surroundings, alarms, code });
    new Outbox(this, 'Outbox', { store, bus, alarms, code });
    new Listeners(this, 'Listeners', { bus, surroundings, alarms, code });
    new Workflows(this, 'Workflows', { bus, surroundings, alarms, code });

    acknowledge(this);
    new CfnOutput(this, 'ApiUrl', { value: gateway.http.apiEndpoint });
    new CfnOutput(this, 'BusName', { value: bus.eventBusName });
    new CfnOutput(this, 'TableName', { value: store.table.tableName });
    new CfnOutput(this, 'UserPoolId', { value: identity.pool.userPoolId });
  }
}
