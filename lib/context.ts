import type { EventBus } from 'aws-cdk-lib/aws-events';
import { NestedStack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Alarms } from './alarms.ts';
import type { CodeOf } from './function.ts';
import { Listeners } from './listeners.ts';
import type { Mail } from './mail.ts';
import type { Settings } from './settings.ts';
import type { Surroundings } from './surroundings.ts';
import { Workflows } from './workflows.ts';

export type ContextProps = {
  context: string;
  settings: Settings;
  mail: Mail;
  bus: EventBus;
  inbound: EventBus;
  surroundings: Surroundings;
  alarms: Alarms;
  code: CodeOf;
};

/** one context, in a stack of its own: CloudFormation limits the resources of a stack to 500 */
export class Context extends NestedStack {
  constructor(scope: Construct, id: string, props: ContextProps) {
    super(scope, id, { description: `Rapport: ${props.context}` });
    new Listeners(this, 'Listeners', props);
    new Workflows(this, 'Workflows', props);
  }
}
