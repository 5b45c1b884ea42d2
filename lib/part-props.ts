import type { EventBus } from 'aws-cdk-lib/aws-events';
import type { Alarms } from './alarms.ts';
import type { Surroundings } from './surroundings.ts';

/** what the parts of a context that hear events are given */
export type PartProps = {
  context: string;
  bus: EventBus;
  surroundings: Surroundings;
  alarms: Alarms;
  code: (name: string) => string;
};
