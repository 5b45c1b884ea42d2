import type { DatabaseSync } from 'node:sqlite';
import type { MovablePlatform } from '../runtime/platform.ts';
import type { Properties } from '../template/properties.ts';
import type { Engine } from './engine.ts';
import { openStreamMapping, type StreamMapping } from './stream-mapping.ts';
import { openStreamReader, type StreamRecord } from './stream-records.ts';
import type { Table } from './tables.ts';

/** real milliseconds between looks at the stream: while there is work, and while all is quiet */
const pace = { busy: 10, quiet: 250, quietAfter: 3000 };

/** records that a mapping may hold in memory before reading pauses */
const most = 2000;

const trimAt = 200;

type Options = {
  engine: Engine;
  table: Table;
  mappings: { id: string; properties: Properties }[];
  platform: MovablePlatform;
  /** work is under way that may soon write */
  busy(): boolean;
  /** whether TTL deleted the item with these keys just now */
  expired(keys: string): boolean;
};

export type Stream = {
  start(): void;
  /** looks now, as something may have been written */
  poke(): void;
  stop(): Promise<void>;
  trim(): void;
  /** reads what there is now; resolves to the number of records not done with, of one tenant or of all */
  pending(tenant?: string): Promise<number>;
};

const checkpointsIn = (db: DatabaseSync) => {
  db.exec('CREATE TABLE IF NOT EXISTS checkpoints (mapping TEXT PRIMARY KEY, sequence TEXT NOT NULL)');
  const get = db.prepare('SELECT sequence FROM checkpoints WHERE mapping = ?');
  const put = db.prepare('INSERT OR REPLACE INTO checkpoints VALUES (?, ?)');
  return {
    of: (mapping: string) => get.get(mapping)?.sequence as string | undefined,
    save: (mapping: string, sequence: string) => void put.run(mapping, sequence),
  };
};

/** whether anything was written since the last call; always yes for an engine whose file is not here */
const watch = ({ db }: Engine) => {
  const version = db?.prepare('PRAGMA data_version');
  let last: unknown;
  return () => {
    if (!version) return true;
    const now = version.get()?.data_version;
    const changed = now !== last;
    last = now;
    return changed;
  };
};

/** removes consumed records, in small bites; the last one stays, as the engine counts on from it */
const trimmer = ({ db }: Engine, table: string) => {
  const trim = db?.prepare(`DELETE FROM _stream_records WHERE id IN (SELECT id FROM _stream_records
    WHERE table_name = :table AND CAST(sequence_number AS INTEGER) <= :upTo AND CAST(sequence_number AS INTEGER) <
    (SELECT MAX(CAST(sequence_number AS INTEGER)) FROM _stream_records WHERE table_name = :table) LIMIT 1000)`);
  const blank = db?.prepare(`UPDATE _stream_records SET keys_json = '{}', new_image = NULL, old_image = NULL
    WHERE table_name = :table AND CAST(sequence_number AS INTEGER) <= :upTo`);
  let trimmed = 0;
  return {
    some(upTo: number) {
      if (!trim || upTo - trimmed < trimAt) return;
      trim.run({ table, upTo });
      trimmed = upTo;
    },
    all(upTo: number) {
      while (trim?.run({ table, upTo }).changes);
      blank?.run({ table, upTo });
    },
  };
};

const lastSequence = ({ db }: Engine, table: string) =>
  db
    ?.prepare('SELECT MAX(CAST(sequence_number AS INTEGER)) AS last FROM _stream_records WHERE table_name = ?')
    .get(table)?.last as number | null | undefined;

/** Reads a table's stream once and offers its records to every function that listens. */
export const openStream = ({ engine, table, mappings, platform, busy, expired }: Options): Stream => {
  const checkpoints = checkpointsIn(platform.db);
  const latest = lastSequence(engine, table.name);
  const listeners: StreamMapping[] = mappings.map(({ id, properties }) => {
    const known = checkpoints.of(id);
    const fresh = properties.StartingPosition === 'LATEST' && latest ? String(latest) : undefined;
    if (!known && fresh) checkpoints.save(id, fresh);
    const save = (sequence: string) => checkpoints.save(id, sequence);
    return openStreamMapping({ id, properties, platform, startAfter: known ?? fresh, save });
  });
  // sequence numbers of other engines have more digits than a number holds
  const positions = listeners.map(one => BigInt(one.checkpoint() ?? 0));
  const first = positions.toSorted((a, b) => (a < b ? -1 : 1))[0]!;
  const reader = openStreamReader(engine, table, first > 0n ? String(first) : undefined);
  const changed = watch(engine);
  const trim = trimmer(engine, table.name);
  let stopped = false;
  let reading: Promise<number> | undefined;
  let loop: Promise<void> | undefined;

  const asSent = (record: StreamRecord): StreamRecord => {
    const { dynamodb } = record;
    const at = dynamodb.ApproximateCreationDateTime + Math.round(platform.clock.offset() / 1000);
    return {
      ...record,
      awsRegion: platform.region,
      eventSourceARN: table.streamArn!,
      ...(record.eventName === 'REMOVE' &&
        expired(JSON.stringify(dynamodb.Keys)) && {
          userIdentity: { type: 'Service' as const, principalId: 'dynamodb.amazonaws.com' as const },
        }),
      dynamodb: { ...dynamodb, ApproximateCreationDateTime: at },
    };
  };
  const backlog = () => Math.max(0, ...listeners.map(one => one.backlog()));
  const offer = (records: StreamRecord[]) => {
    listeners.forEach((listener, index) => {
      // after a restart the slowest listener's place is where reading begins; others have had some of it
      const fresh = records.filter(one => BigInt(one.dynamodb.SequenceNumber) > positions[index]!);
      if (fresh.length) listener.offer(fresh);
    });
  };
  const doneWith = () => Math.min(...listeners.map(one => Number(one.checkpoint() ?? 0)));
  const readAll = async () => {
    let count = 0;
    while (!stopped && backlog() < most) {
      const records = await reader.next(1000);
      if (!records.length) break;
      count += records.length;
      offer(records.map(asSent));
    }
    trim.some(doneWith());
    return count;
  };
  let behind = true; // reading paused, or has not begun
  const look = async () => {
    await reading;
    if (!changed() && !behind) return 0;
    behind = true; // until this reading has got to the end, every look waits for it
    reading ??= readAll().finally(() => {
      reading = undefined;
    });
    const count = await reading;
    behind = backlog() >= most;
    return count;
  };
  let poke = () => {};
  const rest = (time: number) =>
    new Promise<void>(settle => {
      const timer = setTimeout(settle, time);
      poke = () => {
        clearTimeout(timer);
        settle();
      };
    });
  const run = async () => {
    let lastWork = Date.now();
    while (!stopped) {
      const before = Date.now();
      const count = await look().catch(error => {
        if (!stopped) platform.warn(`the stream of ${table.name} cannot be read: ${error.message}`);
        return 0;
      });
      if (count || busy() || backlog()) lastWork = before;
      await rest(Date.now() - lastWork < pace.quietAfter ? pace.busy : pace.quiet);
    }
  };

  return {
    start() {
      loop = run();
    },
    poke: () => poke(),
    async stop() {
      stopped = true;
      poke();
      for (const one of listeners) one.stop();
      await loop;
    },
    trim: () => trim.all(doneWith()),
    async pending(tenant) {
      await reading;
      await look();
      return listeners.reduce((sum, one) => sum + one.backlog(tenant), 0);
    },
  };
};
