import { ConflictException, CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { env } from '../aws/env.ts';
import { faultOf, log } from '../aws/log.ts';
import { clock } from '../time/clock.ts';

const scheduler = new SchedulerClient({});

const soonest = () => Date.parse(clock()) + 2000;

/** One timer item becomes one one-time schedule that emits the event when it is due and then deletes itself. */
const set = async (record: DynamoDBRecord) => {
  const { dueAt, source, type, doc } = unmarshall(record.dynamodb?.NewImage as never);
  const at = new Date(Math.max(Date.parse(dueAt), soonest())).toISOString().slice(0, 19);
  try {
    await scheduler.send(
      new CreateScheduleCommand({
        Name: doc.id, // a repeated delivery of the record finds the schedule there
        GroupName: env.schedulerGroup(),
        ScheduleExpression: `at(${at})`,
        ScheduleExpressionTimezone: 'UTC',
        FlexibleTimeWindow: { Mode: 'OFF' },
        ActionAfterCompletion: 'DELETE',
        Target: {
          Arn: env.busArn(),
          RoleArn: env.schedulerRole(),
          EventBridgeParameters: { Source: source, DetailType: type },
          Input: JSON.stringify(doc),
          DeadLetterConfig: { Arn: env.timerDeadLettersArn() },
        },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConflictException)) throw error;
  }
};

export const handler = middy<DynamoDBStreamEvent, DynamoDBBatchResponse>(async ({ Records }: DynamoDBStreamEvent) => {
  for (const record of Records) {
    try {
      await set(record);
    } catch (error) {
      log('error', 'timer not set', faultOf(error));
      return { batchItemFailures: [{ itemIdentifier: record.dynamodb?.SequenceNumber ?? '' }] };
    }
  }
  return { batchItemFailures: [] };
});
