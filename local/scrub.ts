import type { DatabaseSync } from 'node:sqlite';
import type { Engine } from './engine.ts';
import type { Forgetting } from './forgetting.ts';
import type { Queues } from './queues.ts';
import { scrubFile } from './scrub-file.ts';
import type { Stream } from './streams.ts';

/** real milliseconds between looks; unasked, a scrub takes at most a hundredth of the time, and ten minutes pass between two */
const pace = { look: 20_000, least: 600_000, share: 100 };

type Parts = {
  db: DatabaseSync;
  engine: Engine;
  queues: Queues;
  streams: Stream[];
  forgetting: Forgetting;
  /** how many things have begun so far: it stands still while all is quiet */
  begun(): number;
  warn(line: string): void;
};

export type Scrubbing = {
  /** scrubs when something that was to be forgotten has not been yet */
  ifWanted(): Promise<void>;
  stop(): Promise<void>;
};

/**
 * Rids the files of the data folder of what was deleted: rows that are gone leave their bytes in free pages and logs. At once
 * when something was to be forgotten, else now and then while all is quiet, and at the end.
 */
export const openScrubbing = ({ db, engine, queues, streams, forgetting, begun, warn }: Parts): Scrubbing => {
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
    forgetting.done();
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
  const look = () => {
    const quiet = begun() === lastSeen;
    lastSeen = begun();
    if (!quiet || (!forgetting.wanted() && (begun() === scrubbedAt || performance.now() < next))) return;
    once().catch(error => warn(`what was deleted is still in the data folder's files: ${error.message}`));
  };
  const timer = setInterval(look, pace.look);
  timer.unref();

  return {
    async ifWanted() {
      if (forgetting.wanted()) await once();
    },
    async stop() {
      clearInterval(timer);
      await running;
      if (forgetting.wanted() || begun() !== scrubbedAt) await once();
    },
  };
};
