import { type CfnEventBus, CfnEventBusPolicy, EventBus } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';

/** The bus for the events of a company's own systems, and the bus of our own events. No archives: customers could not be erased from them. */
export class Buses extends Construct {
  readonly inbound: EventBus;
  readonly own: EventBus;
  /** of the stage, as the template has it */
  readonly inboundName: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.inbound = new EventBus(this, 'Bus', { description: 'Rapport: events of other systems' });
    this.own = new EventBus(this, 'Own', { description: 'Rapport: all its events' });
    this.inboundName = this.inbound.stack.resolve((this.inbound.node.defaultChild as CfnEventBus).name);
  }

  /** An event on our own bus counts as ours: nothing else in the account may put one there, whatever its role allows. */
  publishedBy(...roles: string[]) {
    new CfnEventBusPolicy(this, 'OwnPublishers', {
      eventBusName: this.own.eventBusName,
      statementId: 'OwnPublishers',
      statement: {
        Effect: 'Deny',
        Principal: '*',
        Action: 'events:PutEvents',
        Resource: this.own.eventBusArn,
        Condition: { ArnNotEquals: { 'aws:PrincipalArn': roles } },
      },
    });
  }
}
