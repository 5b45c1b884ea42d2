import { createHash } from 'node:crypto';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { ConflictException, CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { env } from '../aws/env.ts';
import { faultOf, log } from '../aws/log.ts';
import { mapConcurrent } from '../map-concurrent.ts';
import { clock } from '../time/clock.ts';
import { willPass } from './will-pass.ts';

// an account may create some hundred schedules a second, and is throttled beyond
const scheduler = new SchedulerClient({ maxAttempts: 8 });
const bus = new EventBridgeClient({});

const together = 20;

type Timer = { dueAt: string; source: string; type: string; doc: { id: string; tenant: string } };

const publish = async ({ dueAt, source, type, doc }: Timer) => {
  const entry = { Source: source, DetailType: type, Time: new Date(dueAt), Detail: JSON.stringify(doc) };
  const { Entries } = await bus.send(new PutEventsCommand({ Entries: [{ EventBusName: env.busArn(), ...entry }] }));
  if (Entries?.[0]?.ErrorCode) throw new Error(`the bus rejected a timer: ${Entries[0].ErrorCode}`);
};

/** A copy of the company beside it has timers of the same ids. A repeated delivery of the record finds the schedule there. */
const nameOf = ({ doc: { id, tenant } }: Timer) => createHash('sha256').update(`${tenant}#${id}`).digest('hex');

/** One timer item becomes one one-time schedule that emits the event when it is due and then deletes itself. */
const setTimer = async (timer: Timer) => {
  const { dueAt, source, type, doc } = timer;
  const [due, now] = [Date.parse(dueAt), Date.parse(clock())];
  if (due <= now) return publish(timer);
  const at = new Date(Math.max(due, now + 2000)).toISOString().slice(0, 19);
  const create = new CreateScheduleCommand({
    Name: nameOf(timer),
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
  });
  await scheduler.send(create).catch(error => {
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
