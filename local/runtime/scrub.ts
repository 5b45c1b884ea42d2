import type { DatabaseSync } from 'node:sqlite';
import type { Engine } from '../dynamodb/engine.ts';
import type { Stream } from '../dynamodb/streams.ts';
import type { Queues } from '../sqs/queues.ts';
import type { Erasure } from './erasure.ts';
import { scrubFile } from './scrub-file.ts';

/** real milliseconds between looks; without an erasure, a scrub takes at most a hundredth of the time, ten minutes apart */
const pace = { look: 20_000, least: 600_000, share: 100 };

type Parts = {
  db: DatabaseSync;
  engine: Engine;
  queues: Queues;
  streams: Stream[];
  erasure: Erasure;
  /** how many invocations have begun: it stands still while all is quiet */
  begun(): number;
  warn(line: string): void;
};

export type Scrubbing = {
  /** scrubs when bytes of something erased are still in the files */
  ifWanted(): Promise<void>;
  stop(): Promise<void>;
};

/**
 * Removes from the files of the data folder what was deleted: rows that are gone leave their bytes in free pages and logs.
 * At once when personal data was erased, else from time to time while all is quiet, and at the end.
 */
export const openScrubbing = ({ db, engine, queues, streams, erasure, begun, warn }: Parts): Scrubbing => {
  let scrubbedAt = begun();
  let next = performance.now() + pace.least;
  let lastSeen = begun();
  let running: Promise<void> | undefined;

  const scrub = async () => {
    const since = performance.now();
    const at = begun();
    for (const stream of streams) stream.trim();
    await queues.scrub();
    engine.scrub();
    erasure.done();
    scrubFile(db);
    scrubbedAt = at;
    next = performance.now() + Math.max(pace.least, (performance.now() - since) * pace.share);
  };
  const once = () => {
    running ??= scrub().finally(() => {
      running = undefined;
    });
    return running;
  };
  const attempt = () =>
    once().catch(error => warn(`what was deleted is still in the data folder's files: ${error.message}`));
  const look = () => {
    const quiet = begun() === lastSeen;
    lastSeen = begun();
    if (!quiet || (!erasure.wanted() && (begun() === scrubbedAt || performance.now() < next))) return;
    void attempt();
  };
  const timer = setInterval(look, pace.look);
  timer.unref();

  return {
    async ifWanted() {
      if (erasure.wanted()) await once();
    },
    async stop() {
      clearInterval(timer);
      await running?.catch(() => {});
      if (erasure.wanted() || begun() !== scrubbedAt) await attempt();
    },
  };
};
