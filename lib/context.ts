import { NestedStack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Api, type Gateway } from './api.ts';
import { Listeners } from './listeners.ts';
import type { PartProps } from './part-props.ts';
import { Workflows } from './workflows.ts';

type Props = PartProps & { gateway: Gateway };

/** One context as it is deployed; a stack of its own, as CloudFormation takes 500 resources in each. */
export class Context extends NestedStack {
  constructor(scope: Construct, id: string, { context, gateway, bus, surroundings, alarms, code }: Props) {
    super(scope, id, { description: `Rapport: ${context}` });
    new Api(this, 'Api', { context, gateway, surroundings, code });
    new Listeners(this, 'Listeners', { context, bus, surroundings, alarms, code });
    new Workflows(this, 'Workflows', { context, bus, surroundings, alarms, code });
  }
}
