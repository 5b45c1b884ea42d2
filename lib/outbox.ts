import { Duration } from 'aws-cdk-lib';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { Alarms } from './alarms.ts';
import { DeadLetters } from './dead-letters.ts';
import { RapportFunction } from './function.ts';
import { outbox } from './functions.ts';
import type { Store } from './store.ts';

type Props = { store: Store; bus: EventBus; alarms: Alarms; code: (name: string) => string };

const republish =
  'The message names the records of the stream that were given up, not what was in them; that is still in the table. Mend the cause, then publish the events of that time again: `node bin/republish.ts --table <TableName> --bus <BusName> --from <instant>` with the stack’s outputs. Events delivered before have no second effect. Then purge the queue.';

const inserted = (attribute: string, type: 'BOOL' | 'S') =>
  FilterCriteria.filter({
    eventName: FilterRule.isEqual('INSERT'),
    dynamodb: { NewImage: { [attribute]: { [type]: FilterRule.exists() } } },
  });

/** From the store's stream to the bus: events at once by the relay, timers when they are due by the scheduler. */
export class Outbox extends Construct {
  constructor(scope: Construct, id: string, { store, bus, alarms, code }: Props) {
    super(scope, id);
    const group = new CfnScheduleGroup(this, 'Timers', {});
    const scheduler = new Role(this, 'Scheduler', { assumedBy: new ServicePrincipal('scheduler.amazonaws.com') });
    const unsaid = new DeadLetters(this, 'timers', {
      alarms,
      todo: 'A timer was due and the bus did not take its event for a day. Each message is the event: put it on the bus again with `node bin/republish.ts` (see relay-failed), or by hand with `aws events put-events`; then purge the queue.',
    });
    unsaid.queue.grantSendMessages(scheduler);
    const publishing = new PolicyStatement({ actions: ['events:PutEvents'], resources: [bus.eventBusArn] });
    scheduler.addToPolicy(publishing);

    const relay = new RapportFunction(this, outbox.relay.name, {
      code,
      environment: { TABLE_NAME: store.table.tableName, BUS_NAME: bus.eventBusName },
    });
    relay.addToRolePolicy(publishing);
    relay.addToRolePolicy(
      new PolicyStatement({ actions: ['dynamodb:BatchGetItem'], resources: [store.table.tableArn] }),
    );

    const setTimers = new RapportFunction(this, outbox.setTimers.name, {
      code,
      environment: {
        SCHEDULER_GROUP: group.ref,
        SCHEDULER_ROLE_ARN: scheduler.roleArn,
        BUS_ARN: bus.eventBusArn,
        DEAD_LETTERS_ARN: unsaid.queue.queueArn,
      },
    });
    setTimers.addToRolePolicy(
      new PolicyStatement({
        actions: ['scheduler:CreateSchedule'],
        resources: [
          group.stack.formatArn({ service: 'scheduler', resource: 'schedule', resourceName: `${group.ref}/*` }),
        ],
      }),
    );
    setTimers.addToRolePolicy(new PolicyStatement({ actions: ['iam:PassRole'], resources: [scheduler.roleArn] }));

    for (const [fn, name, attribute, type] of [
      [relay, outbox.relay.name, 'publish', 'BOOL'],
      [setTimers, outbox.setTimers.name, 'dueAt', 'S'],
    ] as const) {
      fn.addEventSource(
        new DynamoEventSource(store.table, {
          startingPosition: StartingPosition.TRIM_HORIZON,
          filters: [inserted(attribute, type)],
          batchSize: 100,
          retryAttempts: 10_000, // an outage of the bus is waited out; the stream keeps a day
          bisectBatchOnError: true,
          reportBatchItemFailures: true,
          onFailure: new SqsDlq(new DeadLetters(this, name, { alarms, todo: republish }).queue),
        }),
      );
      alarms.add(`${name}-behind`, {
        metric: fn.metric('IteratorAge', { period: Duration.minutes(1), statistic: 'max' }),
        above: 60_000,
        minutes: 3,
        says: `${name} is more than a minute behind the store`,
        todo: `Nothing is lost: the stream keeps 24 hours. Look in the log of \`${name}\` for errors that repeat (one bad record is set aside after its attempts) and for throttling by the bus or the scheduler, whose quotas can be raised. After a burst it catches up by itself.`,
      });
    }
  }
}
