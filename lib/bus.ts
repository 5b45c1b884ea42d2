import { EventBus } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';

/** the bus that everything said goes over; the timeline is its archive: from another nobody could be erased */
export class Bus extends Construct {
  readonly bus: EventBus;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.bus = new EventBus(this, 'Bus', { description: 'Everything that Rapport says' });
  }
}
