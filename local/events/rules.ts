import { compile } from '../imports.ts';
import { arnOf } from '../runtime/arn.ts';
import type { Target } from '../runtime/send.ts';
import type { Platform } from '../runtime/service.ts';
import type { TargetInput } from './target-input.ts';

export type RuleTarget = Target &
  TargetInput & {
    Id: string;
    RoleArn?: string;
    DeadLetterConfig?: { Arn?: string };
    RetryPolicy?: { MaximumRetryAttempts?: number; MaximumEventAgeInSeconds?: number };
  };
export type Rule = {
  bus: string;
  name: string;
  arn: string;
  pattern: string;
  enabled: boolean;
  description: string | null;
  targets: RuleTarget[];
};
type Bus = { name: string; created: number };
type Matching = { rule: Rule; matches: (event: unknown) => boolean };

export type EventRules = ReturnType<typeof openRules>;

// what the template provided is provided again at each start; what it no longer has goes
const schema = `
CREATE TABLE IF NOT EXISTS buses (name TEXT PRIMARY KEY, provided INTEGER, created INTEGER);
CREATE TABLE IF NOT EXISTS rules (bus TEXT, name TEXT, body TEXT, provided INTEGER, PRIMARY KEY (bus, name));
DELETE FROM rules WHERE provided;
DELETE FROM buses WHERE provided;`;

/** a bus by its name or ARN; none means the default one */
export const busName = (nameOrArn?: string) => (nameOrArn ?? 'default').replace(/^arn:.*:event-bus\//, '');

export const isBus = (arn: string) => arn.includes(':event-bus/');

export const openRules = (platform: Platform) => {
  const { db, clock } = platform;
  db.exec(schema);
  const matching = new Map<string, Matching[]>();
  const busNamed = db.prepare('SELECT 1 FROM buses WHERE name=?');
  const insertBus = db.prepare('INSERT OR IGNORE INTO buses VALUES (?,?,?)');
  const read = db.prepare('SELECT body FROM rules WHERE bus=? AND name=?');
  const onBus = db.prepare('SELECT body FROM rules WHERE bus=? ORDER BY name');
  const insert = db.prepare(
    'INSERT INTO rules VALUES (?,?,?,?) ON CONFLICT DO UPDATE SET body=excluded.body, provided=max(provided, excluded.provided)',
  );
  const parse = (row: unknown) => JSON.parse((row as { body: string }).body) as Rule;

  const rules = {
    busArn: (name: string) => arnOf(platform, 'events', `event-bus/${name}`),
    buses: () => db.prepare('SELECT name, created FROM buses ORDER BY name').all() as Bus[],
    hasBus: (name: string) => Boolean(busNamed.get(name)),
    putBus: (name: string, provided: boolean) => void insertBus.run(name, Number(provided), clock.now()),
    deleteBus: (name: string) => void db.prepare('DELETE FROM buses WHERE name=?').run(name),

    on: (bus: string) => onBus.all(bus).map(parse),
    find: (bus: string, name: string) => {
      const row = read.get(bus, name);
      return row && parse(row);
    },
    put({ bus, name, ...rest }: Omit<Rule, 'arn'>, provided = false) {
      const arn = arnOf(platform, 'events', `rule/${bus === 'default' ? '' : `${bus}/`}${name}`);
      insert.run(bus, name, JSON.stringify({ bus, name, arn, ...rest }), Number(provided));
      matching.delete(bus);
      return arn;
    },
    delete(bus: string, name: string) {
      db.prepare('DELETE FROM rules WHERE bus=? AND name=?').run(bus, name);
      matching.delete(bus);
    },

    matching(bus: string) {
      const known = matching.get(bus);
      if (known) return known;
      const enabled = rules.on(bus).filter(rule => rule.enabled);
      const compiled = enabled.map(rule => ({ rule, matches: compile(JSON.parse(rule.pattern)) }));
      matching.set(bus, compiled);
      return compiled;
    },
  };
  return rules;
};
