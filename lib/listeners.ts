import { type IMetric, MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import { EventBus, type EventPattern, type IEventBus, Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { FilterPattern, type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Duration, NestedStack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { historyOf, historyPrefix, ownPrefix } from '../functions/shared/events/history.ts';
import type { ForeignEvents, LogAlarm } from '../functions/shared/http/contract.ts';
import type { Alarms } from './alarms.ts';
import { DeadLetters } from './dead-letters.ts';
import { type CodeOf, RapportFunction } from './function.ts';
import { type Listener, listeners, type Reaction } from './functions.ts';
import type { Mail } from './mail.ts';
import { pascal } from './names.ts';
import type { Settings } from './settings.ts';
import type { Surroundings } from './surroundings.ts';

/** fair queues: the many messages of one company do not delay the few of another, nor those of a campaign its other ones */
const groupOf = { inbound: { messageGroupId: '$.detail.tenant' }, own: { messageGroupId: '$.detail.lane' } };

const prefix = (of: string) => ({ prefix: of }) as unknown as string;

const timeout = Duration.seconds(30);
const period = Duration.minutes(1);
const late = Duration.minutes(15);

/** of reactions to calls of one type by their names */
const namedPattern = (reactions: Reaction[]): EventPattern => {
  const { events } = reactions[0]!;
  return {
    source: events.flatMap(({ context }) => [`rapport.${context}`, historyOf(`rapport.${context}`)]),
    detailType: events.map(({ name }) => name),
    detail: { data: { event: [...new Set(reactions.flatMap(({ named = [] }) => named))] } },
  };
};

/** letters of the types in the pattern of a rule, which has 2,048 at most */
const mostLetters = 1500;

/** lists of types that each fit into the pattern of a rule */
const fitting = (types: string[]): string[][] => {
  const lists: string[][] = [[]];
  for (const type of types) {
    if (JSON.stringify([...lists.at(-1)!, type]).length > mostLetters) lists.push([]);
    lists.at(-1)!.push(type);
  }
  return lists;
};

const commonPatterns = (reactions: Reaction[]): EventPattern[] => {
  const alls = reactions.flatMap(({ all }) => all ?? []);
  const events = reactions.flatMap(({ events }) => events);
  const types = [...new Set(events.map(({ name }) => name))];
  const kinds = reactions.flatMap(({ kinds = [] }) => kinds);
  if (alls.length) {
    const excepted = alls
      .map(({ except = [] }) => except)
      .reduce((some, others) => some.filter(type => others.includes(type)))
      .filter(type => !types.includes(type));
    const source = [prefix(ownPrefix), ...(alls.some(({ history }) => history) ? [prefix(historyPrefix)] : [])];
    return [
      { source, ...(excepted.length ? { detailType: [{ 'anything-but': excepted }] as unknown as string[] } : {}) },
    ];
  }
  if (!types.length) return [];
  const source = [...new Set(events.map(({ context }) => `rapport.${context}`))];
  const detail = kinds.length ? { detail: { data: { kind: kinds } } } : {};
  return fitting(types).map(detailType => ({ source, detailType, ...detail }));
};

/** The rules by which every event of ours that a reaction of a queue is for comes there: no event matches two of them. */
export const patternsOf = ({ reactions }: Pick<Listener, 'reactions'>): EventPattern[] => {
  const common = commonPatterns(reactions.filter(({ named }) => !named));
  const named = Map.groupBy(
    reactions.filter(one => one.named),
    ({ events }) => events.map(({ name }) => name).join(),
  );
  return [...common, ...[...named.values()].map(namedPattern)];
};

const foreignPattern = ({ bus, source, detailType }: ForeignEvents, configurationSets?: string[]): EventPattern => ({
  source: source ?? ([{ 'anything-but': { prefix: ownPrefix } }] as unknown as string[]),
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

/** an alarm about a line of a function's log */
const watchLog = (scope: Construct, alarms: Alarms, logGroup: ILogGroup, { name, says, ...texts }: LogAlarm) => {
  const metricName = pascal(name);
  const filter = new MetricFilter(scope, metricName, {
    ...{ logGroup, metricName, metricNamespace: 'Rapport' },
    filterPattern: FilterPattern.anyTerm(says),
  });
  alarms.add(name, { metric: filter.metric({ period, statistic: 'sum' }), above: 0, ...texts });
};

type ListenersProps = {
  settings: Settings;
  mail: Mail;
  bus: EventBus;
  inbound: EventBus;
  surroundings: Surroundings;
  alarms: Alarms;
  code: CodeOf;
};

/** What reacts to events: reactions of equal rights share a rule of the bus, a queue and a function. */
export class Listeners extends NestedStack {
  constructor(scope: Construct, id: string, props: ListenersProps) {
    super(scope, id, { description: 'Rapport: reactions' });
    const { surroundings, settings, alarms, code, mail } = props;
    const { tenants = [], concurrency: maxConcurrency } = settings;
    const buses = { inbound: props.inbound, default: EventBus.fromEventBusName(this, 'AccountBus', 'default') };
    // with several tenants a source acts only for those that name it
    const environment = { BUS_SOURCES: tenants.length > 1 ? 'named' : 'any' };
    const queues: Queue[] = [];

    for (const listener of listeners) {
      const { name, reactions, uses, kinds } = listener;
      const deadLetters = new DeadLetters(this, name, { alarms });
      const queue = queueWith(this, name, deadLetters);
      queues.push(queue);
      const leads = (id: string, eventBus: IEventBus, description: string, eventPattern: EventPattern) =>
        new Rule(this, pascal(`${id}-rule`), {
          ...{ eventBus, description, eventPattern },
          // what AWS reports names no company there
          targets: [
            new SqsQueue(queue, {
              deadLetterQueue: deadLetters.queue,
              ...(eventBus === buses.inbound ? groupOf.inbound : eventBus === props.bus && groupOf.own),
            }),
          ],
        });
      for (const [nth, pattern] of patternsOf(listener).entries())
        leads(nth ? `${name}-${nth}` : name, props.bus, `what is for ${name}`, pattern);
      for (const { name, summary, foreign } of reactions)
        if (foreign) leads(name, buses[foreign.bus], summary, foreignPattern(foreign, mail.configurationSets));
      const subscribesToInbound = reactions.some(({ foreign }) => foreign?.bus === 'inbound');
      const fn = new RapportFunction(this, name, {
        ...{ code, surroundings, uses, timeout },
        ...(subscribesToInbound && { environment }),
      });
      for (const { alarm } of reactions) if (alarm) watchLog(this, alarms, fn.logGroup, alarm);
      fn.addEventSource(
        new SqsEventSource(queue, {
          batchSize: kinds ? 1 : 10,
          maxConcurrency,
          reportBatchItemFailures: true,
        }),
      );
    }
    watchAges(alarms, 'reactions', queues);
  }
}
