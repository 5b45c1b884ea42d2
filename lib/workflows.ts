import { type EventBus, EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { DefinitionBody, LogLevel, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Duration, NestedStack, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Alarms } from './alarms.ts';
import { allow } from './allow.ts';
import { DeadLetters } from './dead-letters.ts';
import { type CodeOf, RapportFunction } from './function.ts';
import { workflows } from './functions.ts';
import { pascal } from './names.ts';
import type { Surroundings } from './surroundings.ts';

/** Without the event's data: the history of executions is stored for 90 days, and a customer cannot be erased from it. */
const input = RuleTargetInput.fromObject({
  'detail-type': EventField.detailType,
  detail: Object.fromEntries(
    ['id', 'tenant', 'occurredAt', 'about'].map(name => [name, EventField.fromPath(`$.detail.${name}`)]),
  ),
});

const notStarted =
  'The rule could not start an execution for these events, and there is no queue to move them to. Fix the cause (permissions, quota of executions), then publish the events of that time again as described under relay-failed: what was done has no second effect. Then purge the queue.';

type WorkflowsProps = { bus: EventBus; surroundings: Surroundings; alarms: Alarms; code: CodeOf };

/** the workflows, each with its state machine, its rule and the function that does its tasks */
export class Workflows extends NestedStack {
  constructor(scope: Construct, id: string, { bus, surroundings, alarms, code }: WorkflowsProps) {
    super(scope, id, { description: 'Rapport: workflows' });
    for (const { name, starts, summary, definition, uses } of workflows) {
      const work = new RapportFunction(this, name, { code, surroundings, uses });
      const machine = new StateMachine(this, pascal(`${name}-machine`), {
        comment: summary,
        definitionBody: DefinitionBody.fromString(JSON.stringify(definition())),
        definitionSubstitutions: { work: work.functionArn },
        tracingEnabled: true,
        logs: {
          destination: new LogGroup(this, pascal(`${name}-history`), {
            retention: RetentionDays.THREE_MONTHS,
            removalPolicy: RemovalPolicy.DESTROY,
          }),
          level: LogLevel.ALL,
          includeExecutionData: false, // it has personal data
        },
      });
      // grantInvoke would allow all versions too
      allow(machine, 'lambda', ['InvokeFunction'], [work.functionArn]);
      new Rule(this, pascal(`${name}-rule`), {
        eventBus: bus,
        description: summary,
        eventPattern: {
          source: [...new Set(starts.map(({ context }) => `rapport.${context}`))],
          detailType: starts.map(start => start.name),
        },
        targets: [
          new SfnStateMachine(machine, {
            input,
            deadLetterQueue: new DeadLetters(this, name, { alarms, action: notStarted }).queue,
          }),
        ],
      });
      alarms.add(`${name}-broken`, {
        metric: machine.metricFailed({ period: Duration.minutes(1), statistic: 'sum' }),
        above: 0,
        summary: `an execution of ${name} failed`,
        action: `Open the state machine's failed executions: the last state and its error show where it stopped, the log of \`${name}\` shows why. Fix the cause and deploy, then redrive the execution (\`aws stepfunctions redrive-execution\`): it continues at the failed state.`,
      });
    }
  }
}
