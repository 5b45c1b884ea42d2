import { AnyPrincipal, Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq, SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Alarms } from './alarms.ts';
import { allow } from './allow.ts';
import type { Buses } from './buses.ts';
import { DeadLetters } from './dead-letters.ts';
import { type CodeOf, RapportFunction } from './function.ts';
import { outbox, publisher } from './functions.ts';
import { queueWith, watchAges } from './listeners.ts';
import type { Settings } from './settings.ts';
import type { Store } from './store.ts';

type Props = {
  settings: Settings;
  store: Store;
  buses: Buses;
  alarms: Alarms;
  code: CodeOf;
};

const republish =
  'Each message names the records of the stream that could not be processed; they are still in the table. Fix the cause, then publish the events of that time again: `npm run republish -- --table <TableName> --queue <DueQueueArn> --from <instant>` with the outputs of the stack, under a role that `operators` of the settings names: nothing else may send there. Events that were delivered before have no second effect. Then purge the queue.';

const inserted = (attribute: string, type: 'BOOL' | 'S') =>
  FilterCriteria.filter({
    eventName: FilterRule.isEqual('INSERT'),
    dynamodb: { NewImage: { [attribute]: { [type]: FilterRule.exists() } } },
  });

/**
 * From the store's stream to the bus: the relay publishes events at once; timers wait in a queue or in the scheduler, and are
 * published when they are due.
 */
export class Outbox extends Construct {
  /** what is put here is published */
  readonly due: Queue;

  constructor(scope: Construct, id: string, { settings, store, buses, alarms, code }: Props) {
    super(scope, id);
    const bus = buses.own;
    const group = new CfnScheduleGroup(this, 'Timers', {});
    const { stack } = group;
    const ofGroup = (resource: string, resourceName: string) =>
      stack.formatArn({ service: 'scheduler', resource, resourceName });
    // schedules of other groups or accounts cannot borrow the role
    const conditions = {
      StringEquals: { 'aws:SourceAccount': stack.account, 'aws:SourceArn': ofGroup('schedule-group', group.ref) },
    };
    const assumedBy = new ServicePrincipal('scheduler.amazonaws.com', { conditions });
    const scheduler = new Role(this, 'Scheduler', { assumedBy });
    const lost = new DeadLetters(this, publisher.name, {
      alarms,
      action:
        'Each message is a timer that was due, or an event to be published again. Find `"level":"error"` in the log of `publish-due` for the reason, fix the cause, then [move the messages back](#moving-messages-back) under a role that `operators` of the settings names.',
    });
    this.due = queueWith(this, publisher.name, lost);
    watchAges(alarms, publisher.name, [this.due]);
    for (const queue of [this.due, lost.queue]) allow(scheduler, 'sqs', ['SendMessage'], [queue.queueArn]);

    const environment = {
      TABLE_NAME: store.table.tableName,
      BUS_NAME: bus.eventBusName,
    };
    const publishes = (name: string) => {
      const fn = new RapportFunction(this, name, { code, environment });
      allow(fn, 'events', ['PutEvents'], [bus.eventBusArn]);
      allow(fn, 'dynamodb', ['BatchGetItem'], [store.table.tableArn]);
      return fn;
    };
    const relay = publishes(outbox.relay.name);
    const due = publishes(publisher.name);
    due.addEventSource(
      new SqsEventSource(this.due, { maxConcurrency: settings.concurrency, reportBatchItemFailures: true }),
    );

    const setTimers = new RapportFunction(this, outbox.setTimers.name, {
      code,
      environment: {
        SCHEDULER_GROUP: group.ref,
        SCHEDULER_ROLE_ARN: scheduler.roleArn,
        DUE_QUEUE_ARN: this.due.queueArn,
        DEAD_LETTERS_ARN: lost.queue.queueArn,
      },
    });
    allow(setTimers, 'scheduler', ['CreateSchedule'], [ofGroup('schedule', `${group.ref}/*`)]);
    allow(setTimers, 'iam', ['PassRole'], [scheduler.roleArn]);
    allow(setTimers, 'sqs', ['SendMessage'], [this.due.queueArn]);

    const roleOf = ({ role }: RapportFunction) => role?.roleArn ?? '';
    buses.publishedBy(roleOf(relay), roleOf(due));
    // what is put here counts as an event of ours, whatever a role allows
    this.due.addToResourcePolicy(
      new PolicyStatement({
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['sqs:SendMessage'],
        resources: [this.due.queueArn],
        conditions: {
          ArnNotEquals: { 'aws:PrincipalArn': [scheduler.roleArn, roleOf(setTimers), ...settings.operators] },
        },
      }),
    );

    for (const [fn, name, attribute, type, parallelizationFactor] of [
      [relay, outbox.relay.name, 'publish', 'BOOL', 10],
      [setTimers, outbox.setTimers.name, 'dueAt', 'S', 10],
    ] as const) {
      fn.addEventSource(
        new DynamoEventSource(store.table, {
          startingPosition: StartingPosition.TRIM_HORIZON,
          filters: [inserted(attribute, type)],
          batchSize: 100,
          parallelizationFactor, // records of one partition stay in order
          retryAttempts: 10_000, // an outage of the bus ends sooner; the stream keeps a day
          bisectBatchOnError: true,
          reportBatchItemFailures: true,
          onFailure: new SqsDlq(new DeadLetters(this, name, { alarms, action: republish }).queue),
        }),
      );
      alarms.add(`${name}-behind`, {
        metric: fn.metric('IteratorAge', { period: Duration.minutes(1), statistic: 'max' }),
        above: 60_000,
        minutes: 3,
        summary: `${name} is more than a minute behind the store`,
        action: `No data is lost: the stream keeps 24 hours. Check the log of \`${name}\` for repeated errors (a record that keeps failing goes to the dead-letter queue) and for throttling by the bus or the scheduler: request higher quotas. After a burst it catches up without action.`,
      });
    }
  }
}
