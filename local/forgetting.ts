import { compile } from '../functions/shared/patterns/pattern.ts';
import type { Platform } from './service.ts';
import { valueAt } from './services/event-target-input.ts';
import type { Outbox } from './services/outbox.ts';

/**
 * What an event means for what this machine keeps: whoever is told of by it is to be forgotten. Messages were caught instead of
 * sent; those whose tag carries what the event has at a path go at once, the bytes of all that was deleted when all is quiet.
 */
export type Forgets = { on: Record<string, unknown>; messages?: { tag: string; at: string } };

/** Notes, in the transaction that takes an event on, what it makes forget. */
export const openForgetting = ({ db }: Platform, outbox: Outbox, all: Forgets[]) => {
  db.exec('CREATE TABLE IF NOT EXISTS scrub_wanted (id INTEGER PRIMARY KEY CHECK (id = 1))');
  const want = db.prepare('INSERT OR IGNORE INTO scrub_wanted VALUES (1)');
  const wanted = db.prepare('SELECT 1 FROM scrub_wanted');
  const forgets = all.map(one => ({ ...one, matches: compile(one.on) }));
  return {
    hear(event: Record<string, unknown>) {
      for (const { matches, messages } of forgets) {
        if (!matches(event)) continue;
        want.run();
        if (messages) outbox.forget(messages.tag, String(valueAt(messages.at, event)));
      }
    },
    /** whether the files are to be rid of what was deleted */
    wanted: () => wanted.get() !== undefined,
    done: () => void db.exec('DELETE FROM scrub_wanted'),
  };
};

export type Forgetting = ReturnType<typeof openForgetting>;
