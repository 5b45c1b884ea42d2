import { type IMetric, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { EventBus, type EventPattern, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { historyOf } from '../functions/shared/events/history.ts';
import type { Subscription } from '../functions/shared/http/contract.ts';
import type { ContextProps } from './context.ts';
import { DeadLetters } from './dead-letters.ts';
import { RapportFunction } from './function.ts';
import { reactions } from './functions.ts';
import { pascal } from './names.ts';

const timeout = Duration.seconds(30);
const period = Duration.minutes(1);
const late = Duration.minutes(15);

/** `kinds`: of jobs, when the events are about jobs */
export const patternOf = (
  { events, source, named, kinds }: Subscription & { kinds?: string[] },
  configurationSets?: string[],
): EventPattern => ({
  source: (source?.source as string[]) ?? [
    ...new Set(
      events.flatMap(({ context }) => [`rapport.${context}`, ...(named ? [historyOf(`rapport.${context}`)] : [])]),
    ),
  ],
  detailType: source ? (source.detailType as string[] | undefined) : events.map(({ name }) => name),
  ...(named ? { detail: { data: { event: named } } } : {}),
  ...(kinds ? { detail: { data: { kind: kinds } } } : {}),
  // reports about our own mails: other stages and applications of the account have theirs on the same bus
  ...(source?.bus === 'default' ? { detail: { mail: { tags: { 'ses:configuration-set': configurationSets } } } } : {}),
});

/** the reactions of a context, each with its rule, queue, dead-letter queue and function */
export class Listeners extends Construct {
  constructor(scope: Construct, id: string, props: ContextProps) {
    super(scope, id);
    const { context, surroundings, settings, alarms, code, mail } = props;
    const { tenants = [], concurrency: maxConcurrency } = settings;
    const accountBus = EventBus.fromEventBusName(this, 'AccountBus', 'default');
    const buses = { own: props.bus, inbound: props.inbound, default: accountBus };
    // with several tenants a source acts only for those that name it
    const environment = { BUS_SOURCES: tenants.length > 1 ? 'named' : 'any' };
    const ages: Record<string, IMetric> = {};

    for (const { name, batchSize = 10, ...reaction } of reactions.filter(one => one.context === context)) {
      const deadLetters = new DeadLetters(this, name, { alarms });
      const queue = new Queue(this, pascal(`${name}-queue`), {
        visibilityTimeout: Duration.seconds(6 * timeout.toSeconds()),
        deadLetterQueue: { queue: deadLetters.queue, maxReceiveCount: 5 },
        encryption: QueueEncryption.SQS_MANAGED,
        enforceSSL: true,
      });
      new Rule(this, pascal(`${name}-rule`), {
        eventBus: buses[reaction.source?.bus ?? 'own'],
        description: reaction.summary,
        eventPattern: patternOf(reaction, mail.configurationSets),
        targets: [new SqsQueue(queue, { deadLetterQueue: deadLetters.queue })],
      });
      const fn = new RapportFunction(this, name, {
        ...{ code, surroundings, uses: reaction.uses, timeout },
        ...(reaction.source?.bus === 'inbound' && { environment }),
      });
      fn.addEventSource(new SqsEventSource(queue, { batchSize, maxConcurrency, reportBatchItemFailures: true }));
      ages[`m${Object.keys(ages).length}`] = queue.metricApproximateAgeOfOldestMessage({ period, statistic: 'max' });
    }
    if (Object.keys(ages).length) {
      alarms.add(`${context}-late`, {
        metric: new MathExpression({ expression: `MAX([${Object.keys(ages)}])`, usingMetrics: ages, period }),
        above: late.toSeconds(),
        minutes: 5,
        summary: `the oldest event for ${context} waits longer than ${late.toMinutes()} minutes`,
        action:
          'No event is lost: queues keep them for four days. The dashboard shows which queue it is. Look for throttling of its function (concurrency of the account, `concurrency` of the settings), for errors in its log, and for a burst: an import or a mailing takes its time and ends without action.',
      });
    }
  }
}
