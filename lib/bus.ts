import { Duration } from 'aws-cdk-lib';
import { EventBus, Match } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';

/** the bus that everything said goes over, and its archive for replays */
export class Bus extends Construct {
  readonly bus: EventBus;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.bus = new EventBus(this, 'Bus', { description: 'Everything that Rapport says' });
    this.bus.archive('Archive', { eventPattern: { source: Match.prefix('rapport.') }, retention: Duration.days(30) });
  }
}
