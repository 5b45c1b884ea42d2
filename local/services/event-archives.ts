import { compile } from '../../functions/shared/patterns/pattern.ts';
import type { Platform } from '../service.ts';
import { arnOf } from './arn.ts';
import { busName } from './event-rules.ts';

type Archive = { name: string; bus: string; pattern: string | null; retentionDays: number; created: number };

// archives come from the template only; what they hold stays
const schema = `
CREATE TABLE IF NOT EXISTS events_archives (name TEXT PRIMARY KEY, bus TEXT, pattern TEXT, retentionDays INTEGER, created INTEGER);
DELETE FROM events_archives;
CREATE TABLE IF NOT EXISTS events_archived (archive TEXT, time INTEGER, event TEXT);
CREATE INDEX IF NOT EXISTS events_archived_time ON events_archived(archive, time);`;

/** Archives keep what came over a bus for as many days as they say; 0 is for ever. */
export const openArchives = (platform: Platform) => {
  const { db, clock } = platform;
  db.exec(schema);
  const insert = db.prepare('INSERT INTO events_archived VALUES (?,?,?)');
  const forget = db.prepare('DELETE FROM events_archived WHERE archive=? AND time<?');
  const count = db.prepare(
    'SELECT count(*) AS events, coalesce(sum(length(event)),0) AS bytes FROM events_archived WHERE archive=?',
  );
  let archives: (Archive & { matches: (event: unknown) => boolean })[] = [];
  const load = () => {
    archives = (db.prepare('SELECT * FROM events_archives ORDER BY name').all() as Archive[]).map(archive => ({
      ...archive,
      matches: archive.pattern ? compile(JSON.parse(archive.pattern)) : () => true,
    }));
  };
  let expired = 0;
  const expire = () => {
    expired = clock.now();
    for (const { name, retentionDays } of archives) {
      if (retentionDays) forget.run(name, expired - retentionDays * 86_400_000);
    }
  };

  return {
    arn: (name: string) => arnOf(platform, 'events', `archive/${name}`),
    put(name: string, sourceArn: string, pattern: unknown, retentionDays = 0) {
      const text = pattern === undefined ? null : typeof pattern === 'string' ? pattern : JSON.stringify(pattern);
      if (text) compile(JSON.parse(text));
      const values = [name, busName(sourceArn), text, Number(retentionDays), clock.now()];
      db.prepare(
        `INSERT INTO events_archives VALUES (?,?,?,?,?) ON CONFLICT DO UPDATE SET bus=excluded.bus, pattern=excluded.pattern,
          retentionDays=excluded.retentionDays`,
      ).run(...values);
      load();
    },
    /** what is in archives that the template no longer has */
    forgetOthers() {
      db.exec('DELETE FROM events_archived WHERE archive NOT IN (SELECT name FROM events_archives)');
    },
    keep(bus: string, event: object) {
      if (clock.now() > expired + 86_400_000) expire();
      for (const { name, matches, ...archive } of archives) {
        if (archive.bus === bus && matches(event)) insert.run(name, clock.now(), JSON.stringify(event));
      }
    },
    list: () =>
      archives.map(archive => ({ ...archive, ...(count.get(archive.name) as { events: number; bytes: number }) })),
  };
};
export type EventArchives = ReturnType<typeof openArchives>;
