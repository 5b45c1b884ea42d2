import { type IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Alarms } from './alarms.ts';
import { pascal } from './names.ts';

const redrive = (name: string) =>
  `Find \`"level":"error"\` in the log of the function \`${name}\` for the reason. Fix the cause and deploy, then [move the messages back](#moving-messages-back): it is safe to handle an event twice. If a message can never succeed, read it, note its event id and delete it.`;

/** a dead-letter queue and its alarm */
export class DeadLetters extends Construct {
  readonly queue: IQueue;

  constructor(scope: Construct, name: string, { alarms, action = redrive(name) }: { alarms: Alarms; action?: string }) {
    super(scope, pascal(`${name}-dead-letters`));
    const queue = new Queue(this, 'Queue', {
      retentionPeriod: Duration.days(14),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    this.queue = queue;
    alarms.add(`${name}-failed`, {
      metric: queue.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: 'max' }),
      above: 0,
      summary: `${name} failed on at least one event, which is in its dead-letter queue`,
      action,
    });
  }
}
