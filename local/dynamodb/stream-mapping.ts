import { setTimeout as sleep } from 'node:timers/promises';
import { type Filter, filterOf } from '../runtime/filter.ts';
import { FunctionError, type Platform } from '../runtime/service.ts';
import { concerns } from '../runtime/tenant.mjs';
import type { Properties } from '../template/properties.ts';
import { type Failure, failureRecord } from './failure-record.ts';
import type { StreamRecord } from './stream-records.ts';

/** how the wait between retries grows, in real milliseconds */
const patience = { first: 100, most: 5000 };

export type StreamMapping = {
  offer(records: StreamRecord[]): void;
  /** records taken and not done with, of one tenant or of all */
  backlog(tenant?: string): number;
  /** the first sequence number that must be read again after a crash comes after this one */
  checkpoint(): string | undefined;
  stop(): void;
};

type Options = {
  id: string;
  properties: Properties;
  platform: Platform;
  startAfter: string | undefined;
  save(sequence: string): void;
};

const sequenceOf = (record: StreamRecord) => record.dynamodb.SequenceNumber;

const keyOf = (record: StreamRecord) => JSON.stringify(record.dynamodb.Keys);

type Outcome = { failedAt: number; error?: unknown };

/** Delivers offered records in batches, one batch at a time, with the retries, halvings and discards of an event source mapping. */
export const openStreamMapping = ({ id, properties, platform, startAfter, save }: Options): StreamMapping => {
  const { FunctionName, BatchSize = 100, BisectBatchOnFunctionError: bisect } = properties;
  const { MaximumRetryAttempts: retries = -1, MaximumRecordAgeInSeconds: age = -1 } = properties;
  const partial = properties.FunctionResponseTypes?.includes('ReportBatchItemFailures') ?? false;
  const destination: string | undefined = properties.DestinationConfig?.OnFailure?.Destination;
  const wanted: Filter = filterOf(properties.FilterCriteria);
  let pending: StreamRecord[] = [];
  let seen = startAfter; // the last record read, wanted or not
  let done = startAfter;
  let draining = false;
  let stopped = false;

  const advance = (sequence: string) => {
    done = pending.length ? sequence : seen;
    if (done) save(done);
  };

  const invoke = async (batch: StreamRecord[]): Promise<Outcome> => {
    try {
      const reply = (await platform.invoke(FunctionName, { Records: batch })) as Properties | null;
      const failed: string[] = partial
        ? (reply?.batchItemFailures ?? []).map(({ itemIdentifier }: Properties) => itemIdentifier)
        : [];
      if (!failed.length) return { failedAt: batch.length };
      // an identifier that is not of this batch fails all of it
      return { failedAt: Math.max(0, Math.min(...failed.map(one => batch.findIndex(r => sequenceOf(r) === one)))) };
    } catch (error) {
      if (!(error instanceof FunctionError)) platform.warn(`${id}: ${String(error)}`);
      return { failedAt: 0, error };
    }
  };

  const discard = async (batch: StreamRecord[], condition: Failure['condition'], attempts: number, error: unknown) => {
    platform.warn(`${id}: ${condition}, ${batch.length} records discarded`);
    if (!destination?.startsWith('arn:aws:sqs:')) return;
    const record = failureRecord({
      functionArn: FunctionName,
      batch,
      condition,
      attempts,
      error,
      now: platform.clock.now(),
    });
    const message = { QueueUrl: destination.split(':').at(-1), MessageBody: JSON.stringify(record) };
    await platform.call('sqs', 'SendMessage', message);
  };

  const isOld = (record: StreamRecord) =>
    age > 0 && platform.clock.now() / 1000 - record.dynamodb.ApproximateCreationDateTime > age;

  /** delivers one batch until it is done with: taken, or given up */
  const deliver = async (batch: StreamRecord[], attempt = 0, error?: unknown): Promise<void> => {
    if (stopped || !batch.length) return;
    if (attempt > 0 && isOld(batch[0]!)) return discard(batch, 'RecordAgeExceeded', attempt, error);
    if (retries >= 0 && attempt > retries) return discard(batch, 'RetryAttemptsExhausted', attempt, error);
    if (attempt > 0)
      await sleep(Math.min(patience.first * 2 ** (attempt - 1), patience.most), undefined, { ref: false });
    const outcome = await invoke(batch);
    if (outcome.failedAt === batch.length) return;
    const rest = batch.slice(outcome.failedAt);
    // part of the batch got through: what is left is tried as a batch of its own
    if (!bisect || rest.length === 1) return deliver(rest, attempt + 1, outcome.error);
    const half = Math.ceil(rest.length / 2);
    await deliver(rest.slice(0, half), attempt + 1, outcome.error);
    await deliver(rest.slice(half), attempt + 1, outcome.error);
  };

  const drain = async () => {
    if (draining) return;
    draining = true;
    while (pending.length && !stopped) {
      const batch = pending.slice(0, BatchSize);
      await deliver(batch);
      if (stopped) return;
      pending = pending.slice(batch.length);
      advance(sequenceOf(batch.at(-1)!));
    }
    draining = false;
  };

  return {
    offer(records) {
      seen = records.length ? sequenceOf(records.at(-1)!) : seen;
      const chosen = records.filter(wanted);
      pending.push(...chosen);
      if (pending.length) void drain();
      else if (seen) advance(seen);
    },
    backlog: tenant =>
      tenant === undefined ? pending.length : pending.filter(one => concerns(keyOf(one), tenant)).length,
    checkpoint: () => done,
    stop() {
      stopped = true;
    },
  };
};
