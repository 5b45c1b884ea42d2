import { Duration } from 'aws-cdk-lib';
import { type IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Alarms } from './alarms.ts';
import { pascal } from './names.ts';

const redrive = (name: string) =>
  `Find \`"level":"error"\` in the log of the function \`${name}\`: it says why. Mend the cause and deploy; then send the queue's messages back with \`aws sqs start-message-move-task\`. Handling an event twice does no harm. A message that will never succeed: read it, note its event id, delete it.`;

/** where work goes that failed for good, and the alarm that says so */
export class DeadLetters extends Construct {
  readonly queue: IQueue;

  constructor(scope: Construct, name: string, { alarms, todo = redrive(name) }: { alarms: Alarms; todo?: string }) {
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
      says: `${name} gave up on at least one event, which waits in its dead-letter queue`,
      todo,
    });
  }
}
