import { createHash } from 'node:crypto';
import { ConflictException, CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { env } from '../aws/env.ts';
import { faultOf, log } from '../aws/log.ts';
import { queueCall } from '../aws/queues.ts';
import { mapConcurrent } from '../map-concurrent.ts';
import { clock } from '../time/clock.ts';
import { willPass } from './will-pass.ts';

// an account may create some hundred schedules a second, and is throttled beyond
const scheduler = new SchedulerClient({ maxAttempts: 8 });

const together = 20;

/** seconds that a queue can delay a message */
const mostDelay = 900;

type Timer = { dueAt: string; source: string; type: string; doc: { id: string; tenant: string } };

/** A copy of the company beside it has timers of the same ids. A repeated delivery of the record finds the schedule there. */
const nameOf = ({ id, tenant }: Timer['doc']) => createHash('sha256').update(`${tenant}#${id}`).digest('hex');

/** A timer item becomes a message to the publisher: with a delay, or by a one-time schedule that then deletes itself. */
const setTimer = async ({ dueAt, source, type, doc }: Timer) => {
  const [due, now] = [Date.parse(dueAt), Date.parse(clock())];
  const Input = JSON.stringify({ source, type, doc });
  const DelaySeconds = Math.max(0, Math.ceil((due - now) / 1000));
  if (DelaySeconds <= mostDelay)
    return queueCall(env.dueQueueArn(), 'SendMessage', {
      MessageBody: Input,
      DelaySeconds,
      MessageGroupId: doc.tenant,
    });
  const at = new Date(due).toISOString().slice(0, 19);
  const create = new CreateScheduleCommand({
    Name: nameOf(doc),
    GroupName: env.schedulerGroup(),
    ScheduleExpression: `at(${at})`,
    ScheduleExpressionTimezone: 'UTC',
    FlexibleTimeWindow: { Mode: 'OFF' },
    ActionAfterCompletion: 'DELETE',
    Target: {
      Arn: env.dueQueueArn(),
      RoleArn: env.schedulerRole(),
      Input,
      DeadLetterConfig: { Arn: env.timerDeadLettersArn() },
    },
  });
  return scheduler.send(create).catch(error => {
    if (!(error instanceof ConflictException)) throw error;
  });
};

/** whether the record is done with: set, or such that it never can be */
const isDone = async (record: DynamoDBRecord) => {
  try {
    await setTimer(unmarshall(record.dynamodb?.NewImage as never) as Timer);
    return true;
  } catch (error) {
    const passes = willPass(error);
    log('error', passes ? 'timer not set' : 'timer skipped', { ...faultOf(error), keys: record.dynamodb?.Keys });
    return !passes;
  }
};

export const handler = middy<DynamoDBStreamEvent, DynamoDBBatchResponse>(async ({ Records }: DynamoDBStreamEvent) => {
  const done = await mapConcurrent(Records, together, isDone);
  const left = Records.find((_, nth) => !done[nth]);
  return { batchItemFailures: left ? [{ itemIdentifier: left.dynamodb?.SequenceNumber ?? '' }] : [] };
});
