import { Duration } from 'aws-cdk-lib';
import { EventBus, type EventPattern, type IEventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Subscription } from '../functions/shared/http/contract.ts';
import { DeadLetters } from './dead-letters.ts';
import { RapportFunction } from './function.ts';
import { reactions } from './functions.ts';
import { pascal } from './names.ts';
import type { PartProps } from './part-props.ts';

const timeout = Duration.seconds(30);

const patternOf = ({ events, source }: Subscription): EventPattern =>
  source
    ? { source: source.source as string[], ...(source.detailType ? { detailType: source.detailType } : {}) }
    : {
        source: [...new Set(events.map(({ context }) => `rapport.${context}`))],
        detailType: events.map(({ name }) => name),
      };

/** every reaction of a context behind its own rule, queue and dead-letter queue */
export class Listeners extends Construct {
  constructor(scope: Construct, id: string, { context, bus, surroundings, alarms, code }: PartProps) {
    super(scope, id);
    const accountBus = EventBus.fromEventBusName(this, 'AccountBus', 'default');

    for (const { name, uses, ...subscription } of reactions.filter(reaction => reaction.context === context)) {
      const deadLetters = new DeadLetters(this, name, { alarms });
      const queue = new Queue(this, pascal(`${name}-queue`), {
        visibilityTimeout: Duration.seconds(6 * timeout.toSeconds()),
        deadLetterQueue: { queue: deadLetters.queue, maxReceiveCount: 5 },
        encryption: QueueEncryption.SQS_MANAGED,
        enforceSSL: true,
      });
      const eventBus: IEventBus = subscription.source?.bus === 'default' ? accountBus : bus;
      new Rule(this, pascal(`${name}-rule`), {
        eventBus,
        description: subscription.summary,
        eventPattern: patternOf({ uses, ...subscription }),
        targets: [new SqsQueue(queue, { deadLetterQueue: deadLetters.queue })],
      });
      const fn = new RapportFunction(this, name, {
        code: code(name),
        environment: surroundings.environment(uses),
        timeout,
      });
      surroundings.grant(fn, uses);
      fn.addEventSource(new SqsEventSource(queue, { batchSize: 10, reportBatchItemFailures: true }));
    }
  }
}
