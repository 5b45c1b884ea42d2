import { compile } from '../imports.ts';
import type { Outbox } from '../messages/outbox.ts';
import type { Platform } from './service.ts';
import { valueAt } from './value-at.ts';

/**
 * An event after which personal data is to be erased from this machine. Messages were caught instead of sent: those whose
 * tag has the value at a path of the event go at once, the bytes of all that was deleted once nothing is under way.
 */
export type ErasureHook = { on: Record<string, unknown>; messages?: { tag: string; at: string } };

/** Notes, in the transaction that accepts an event, what is to be erased. */
export const openErasure = ({ db }: Platform, outbox: Outbox, hooks: ErasureHook[]) => {
  db.exec('CREATE TABLE IF NOT EXISTS scrub_wanted (id INTEGER PRIMARY KEY CHECK (id = 1))');
  const want = db.prepare('INSERT OR IGNORE INTO scrub_wanted VALUES (1)');
  const wanted = db.prepare('SELECT 1 FROM scrub_wanted');
  const compiled = hooks.map(hook => ({ ...hook, matches: compile(hook.on) }));
  return {
    on(event: Record<string, unknown>) {
      for (const { matches, messages } of compiled) {
        if (!matches(event)) continue;
        want.run();
        if (messages) outbox.remove(messages.tag, String(valueAt(messages.at, event)));
      }
    },
    wanted: () => wanted.get() !== undefined,
    done: () => void db.exec('DELETE FROM scrub_wanted'),
  };
};

export type Erasure = ReturnType<typeof openErasure>;
