import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { Alarms } from './alarms.ts';
import { Api, Gateway } from './api.ts';
import { Buses } from './buses.ts';
import { Files } from './files.ts';
import type { CodeOf } from './function.ts';
import { Identity } from './identity.ts';
import { InboundMail } from './inbound-mail.ts';
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
  code: CodeOf;
};

/** All of Rapport: identity, store, bus, mail, alarms, gateway, files and outbox, then the contexts. */
export class Rapport extends Stack {
  readonly alarms: Alarms;
  readonly busName: string;

  constructor(scope: Construct, id: string, { settings, code, ...props }: Props) {
    super(scope, id, { description: 'Rapport: a CRM that a company owns', ...props });
    const identity = new Identity(this, 'Identity', { settings, code });
    const store = new Store(this, 'Store', { settings });
    const buses = new Buses(this, 'Bus');
    const { own: bus, inbound } = buses;
    this.busName = buses.inboundName;
    const mail = new Mail(this, 'Mail', { settings });
    const alarms = new Alarms(this, 'Alarms', { settings, key: store.key });
    this.alarms = alarms;
    const gateway = new Gateway(this, 'Gateway', { settings, identity, alarms });
    const files = new Files(this, 'Files', { settings, store });
    const surroundings = new Surroundings({ store, mail, files, publicUrl: gateway.url });

    new Api(this, 'Api', { gateway, surroundings, code });
    new Listeners(this, 'Listeners', { settings, mail, bus, inbound, surroundings, alarms, code });
    new Workflows(this, 'Workflows', { bus, surroundings, alarms, code });
    const received =
      settings.mail.receives && new InboundMail(this, 'InboundMail', { settings, files, surroundings, alarms, code });
    const outbox = new Outbox(this, 'Outbox', { settings, store, buses, alarms, code });

    acknowledge(this);
    new CfnOutput(this, 'ApiUrl', { value: gateway.url });
    if (gateway.dnsTarget) new CfnOutput(this, 'DnsTarget', { value: gateway.dnsTarget });
    if (received) new CfnOutput(this, 'ReceiptRules', { value: received.ruleSetName });
    new CfnOutput(this, 'BusName', { value: inbound.eventBusName });
    new CfnOutput(this, 'OwnBusName', { value: bus.eventBusName });
    new CfnOutput(this, 'DueQueueArn', { value: outbox.due.queueArn });
    new CfnOutput(this, 'FilesBucket', { value: files.bucketName });
    new CfnOutput(this, 'TableName', { value: store.table.tableName });
    new CfnOutput(this, 'UserPoolId', { value: identity.pool.userPoolId });
    new CfnOutput(this, 'ClientId', { value: identity.people.userPoolClientId });
  }
}
