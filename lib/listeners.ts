import { EventBus, type EventPattern, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Subscription } from '../functions/shared/http/contract.ts';
import type { ContextProps } from './context.ts';
import { DeadLetters } from './dead-letters.ts';
import { RapportFunction } from './function.ts';
import { reactions } from './functions.ts';
import { pascal } from './names.ts';

const timeout = Duration.seconds(30);

/** `kinds`: of jobs, when the events are about jobs */
export const patternOf = ({ events, source, kinds }: Subscription & { kinds?: string[] }): EventPattern => ({
  source: (source?.source as string[]) ?? [...new Set(events.map(({ context }) => `rapport.${context}`))],
  detailType: source ? (source.detailType as string[] | undefined) : events.map(({ name }) => name),
  ...(kinds ? { detail: { data: { kind: kinds } } } : {}),
});

/** the reactions of a context, each with its rule, queue, dead-letter queue and function */
export class Listeners extends Construct {
  constructor(scope: Construct, id: string, { context, bus, surroundings, alarms, code }: ContextProps) {
    super(scope, id);
    const accountBus = EventBus.fromEventBusName(this, 'AccountBus', 'default');

    for (const { name, batchSize = 10, ...reaction } of reactions.filter(one => one.context === context)) {
      const deadLetters = new DeadLetters(this, name, { alarms });
      const queue = new Queue(this, pascal(`${name}-queue`), {
        visibilityTimeout: Duration.seconds(6 * timeout.toSeconds()),
        deadLetterQueue: { queue: deadLetters.queue, maxReceiveCount: 5 },
        encryption: QueueEncryption.SQS_MANAGED,
        enforceSSL: true,
      });
      new Rule(this, pascal(`${name}-rule`), {
        eventBus: reaction.source?.bus === 'default' ? accountBus : bus,
        description: reaction.summary,
        eventPattern: patternOf(reaction),
        targets: [new SqsQueue(queue, { deadLetterQueue: deadLetters.queue })],
      });
      const fn = new RapportFunction(this, name, { code, surroundings, uses: reaction.uses, timeout });
      fn.addEventSource(new SqsEventSource(queue, { batchSize, reportBatchItemFailures: true }));
    }
  }
}
