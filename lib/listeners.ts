import { type IMetric, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { EventBus, type EventPattern, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { ForeignEvents } from '../functions/shared/http/contract.ts';
import type { Alarms } from './alarms.ts';
import type { ContextProps } from './context.ts';
import { DeadLetters } from './dead-letters.ts';
import { RapportFunction } from './function.ts';
import { listeners } from './functions.ts';
import { pascal } from './names.ts';

const timeout = Duration.seconds(30);
const period = Duration.minutes(1);
const late = Duration.minutes(15);

export const patternOf = ({ bus, source, detailType }: ForeignEvents, configurationSets?: string[]): EventPattern => ({
  source: source ?? ([{ 'anything-but': { prefix: 'rapport.' } }] as unknown as string[]),
  detailType,
  // reports about our own mails: other stages and applications of the account have theirs on the same bus
  ...(bus === 'default' ? { detail: { mail: { tags: { 'ses:configuration-set': configurationSets } } } } : {}),
});

/** a queue whose messages are tried five times, and its dead letters */
export const queueWith = (scope: Construct, name: string, { queue }: DeadLetters) =>
  new Queue(scope, pascal(`${name}-queue`), {
    visibilityTimeout: Duration.seconds(6 * timeout.toSeconds()),
    deadLetterQueue: { queue, maxReceiveCount: 5 },
    encryption: QueueEncryption.SQS_MANAGED,
    enforceSSL: true,
  });

/** an alarm about events that wait for long in one of the queues */
export const watchAges = (alarms: Alarms, name: string, queues: Queue[]) => {
  if (!queues.length) return;
  const ages: Record<string, IMetric> = Object.fromEntries(
    queues.map((queue, nth) => [`m${nth}`, queue.metricApproximateAgeOfOldestMessage({ period, statistic: 'max' })]),
  );
  alarms.add(`${name}-late`, {
    metric: new MathExpression({ expression: `MAX([${Object.keys(ages)}])`, usingMetrics: ages, period }),
    above: late.toSeconds(),
    minutes: 5,
    summary: `the oldest event for ${name} waits longer than ${late.toMinutes()} minutes`,
    action:
      'No event is lost: queues keep them for four days. The dashboard shows which queue it is. Look for throttling of its function (concurrency of the account, `concurrency` of the settings), for errors in its log, and for a burst: an import or a mailing takes its time and ends without action. A company with a burst does not delay the others: queues deliver fairly.',
  });
};

/** The reactions of a context: those of equal rights share a queue, which the relay sends to, and a function. */
export class Listeners extends Construct {
  /** by the names of their functions */
  readonly queues: Record<string, Queue> = {};

  constructor(scope: Construct, id: string, props: ContextProps) {
    super(scope, id);
    const { context, surroundings, settings, alarms, code, mail } = props;
    const { tenants = [], concurrency: maxConcurrency } = settings;
    const buses = { inbound: props.inbound, default: EventBus.fromEventBusName(this, 'AccountBus', 'default') };
    // with several tenants a source acts only for those that name it
    const environment = { BUS_SOURCES: tenants.length > 1 ? 'named' : 'any' };

    for (const { name, reactions, uses, kinds } of listeners.filter(one => one.context === context)) {
      const deadLetters = new DeadLetters(this, name, { alarms });
      const queue = queueWith(this, name, deadLetters);
      this.queues[name] = queue;
      for (const { name, summary, foreign } of reactions)
        if (foreign)
          new Rule(this, pascal(`${name}-rule`), {
            eventBus: buses[foreign.bus],
            description: summary,
            eventPattern: patternOf(foreign, mail.configurationSets),
            targets: [new SqsQueue(queue, { deadLetterQueue: deadLetters.queue })],
          });
      const hearsInbound = reactions.some(({ foreign }) => foreign?.bus === 'inbound');
      const fn = new RapportFunction(this, name, {
        ...{ code, surroundings, uses, timeout },
        ...(hearsInbound && { environment }),
      });
      const unhurried = reactions.every(one => one.unhurried);
      fn.addEventSource(
        new SqsEventSource(queue, {
          batchSize: kinds ? 1 : 10,
          ...(unhurried && { maxBatchingWindow: Duration.seconds(2) }),
          maxConcurrency,
          reportBatchItemFailures: true,
        }),
      );
    }
    watchAges(alarms, context, Object.values(this.queues));
  }
}
