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

const inserted = (attribute: string) =>
  FilterCriteria.filter({
    eventName: FilterRule.isEqual('INSERT'),
    dynamodb: { NewImage: { [attribute]: { S: FilterRule.exists() } } },
  });

/** From the store's stream to the bus: events at once by the relay, timers when they are due by the scheduler. */
export class Outbox extends Construct {
  constructor(scope: Construct, id: string, { store, bus, alarms, code }: Props) {
    super(scope, id);
    const group = new CfnScheduleGroup(this, 'Timers', {});
    const scheduler = new Role(this, 'Scheduler', { assumedBy: new ServicePrincipal('scheduler.amazonaws.com') });
    const saying = new PolicyStatement({ actions: ['events:PutEvents'], resources: [bus.eventBusArn] });
    scheduler.addToPolicy(saying);

    const relay = new RapportFunction(this, outbox.relay.name, {
      code: code(outbox.relay.name),
      environment: { TABLE_NAME: store.table.tableName, BUS_NAME: bus.eventBusName },
    });
    relay.addToRolePolicy(saying);
    relay.addToRolePolicy(new PolicyStatement({ actions: ['dynamodb:GetItem'], resources: [store.table.tableArn] }));

    const setTimers = new RapportFunction(this, outbox.setTimers.name, {
      code: code(outbox.setTimers.name),
      environment: { SCHEDULER_GROUP: group.ref, SCHEDULER_ROLE_ARN: scheduler.roleArn, BUS_ARN: bus.eventBusArn },
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

    for (const [fn, name, attribute] of [
      [relay, outbox.relay.name, 'say'],
      [setTimers, outbox.setTimers.name, 'dueAt'],
    ] as const) {
      fn.addEventSource(
        new DynamoEventSource(store.table, {
          startingPosition: StartingPosition.TRIM_HORIZON,
          filters: [inserted(attribute)],
          batchSize: 100,
          retryAttempts: 100,
          bisectBatchOnError: true,
          reportBatchItemFailures: true,
          onFailure: new SqsDlq(new DeadLetters(this, name, { alarms }).queue),
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
