import type { Engine } from '../dynamodb/engine.ts';
import type { Expiry } from '../dynamodb/expiry.ts';
import { openStream, type Stream } from '../dynamodb/streams.ts';
import type { Table, Tables } from '../dynamodb/tables.ts';
import type { MovablePlatform } from '../runtime/platform.ts';
import { consumerOf, usualConcurrency } from '../sqs/queue-mapping.ts';
import type { Queues } from '../sqs/queues.ts';
import type { Functions } from './functions.ts';
import type { Lambda, Mapping } from './lambda.ts';

type Options = {
  lambda: Lambda;
  tables: Tables;
  queues: Queues;
  engine: Engine;
  functions: Functions;
  platform: MovablePlatform;
  expiry: Expiry;
};

/** Connects every event source mapping of the template to its stream or queue; gives the streams. */
export const startMappings = async ({ lambda, tables, queues, engine, functions, platform, expiry }: Options) => {
  const byTable = new Map<Table, Mapping[]>();
  for (const mapping of lambda.mappings()) {
    const { EventSourceArn, BatchSize = 10, ScalingConfig } = mapping.properties;
    const table = tables.byStream(EventSourceArn);
    if (table) byTable.set(table, [...(byTable.get(table) ?? []), mapping]);
    else if (String(EventSourceArn).startsWith('arn:aws:sqs:')) {
      const concurrency = Math.min(ScalingConfig?.MaximumConcurrency ?? usualConcurrency, usualConcurrency);
      const consumer = consumerOf(mapping.properties, platform);
      await queues.consume(EventSourceArn.split(':').at(-1), { size: BatchSize, concurrency }, consumer);
    } else platform.warn(`${mapping.id} listens to ${EventSourceArn}, which is not here`);
  }
  const busy = () => functions.running() > 0;
  const streams: Stream[] = [...byTable].map(([table, mappings]) =>
    openStream({ engine, table, mappings, platform, busy, expired: expiry.expired }),
  );
  for (const stream of streams) {
    stream.start();
    functions.ended(stream.poke);
  }
  return streams;
};
