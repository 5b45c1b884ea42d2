import { type CfnEventBus, CfnEventBusPolicy, EventBus } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import type { Settings } from './settings.ts';

/** The bus for the events of a company's own systems, and the bus of our own events. No archives: customers could not be erased from them. */
export class Buses extends Construct {
  readonly inbound: EventBus;
  readonly own: EventBus;
  /** of the stage, as the template has it */
  readonly inboundName: string;
  private readonly settings: Settings;

  constructor(scope: Construct, id: string, { settings }: { settings: Settings }) {
    super(scope, id);
    this.settings = settings;
    this.inbound = new EventBus(this, 'Bus', { description: 'Rapport: events of other systems' });
    this.own = new EventBus(this, 'Own', { description: 'Rapport: all its events' });
    this.inboundName = this.inbound.stack.resolve((this.inbound.node.defaultChild as CfnEventBus).name);
  }

  /** An event on our own bus counts as ours: nothing else in the account may put one there, whatever its role allows. */
  publishedBy(...roles: string[]) {
    const publishers = [...roles, ...this.settings.operators];
    new CfnEventBusPolicy(this, 'OwnPublishers', {
      eventBusName: this.own.eventBusName,
      statementId: 'OwnPublishers',
      statement: {
        Effect: 'Deny',
        Principal: '*',
        Action: 'events:PutEvents',
        Resource: this.own.eventBusArn,
        Condition: { ArnNotEquals: { 'aws:PrincipalArn': publishers } },
      },
    });
  }
}
