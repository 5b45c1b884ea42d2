import { compile } from '../../functions/shared/patterns/pattern.ts';
import type { Platform } from '../service.ts';
import { arnOf } from './arn.ts';
import type { TargetInput } from './event-target-input.ts';
import type { Target } from './send.ts';

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
  pattern: string | null;
  schedule: string | null;
  enabled: boolean;
  description: string | null;
  /** from the template, not from an API call */
  provided: boolean;
  created: number;
};
export type Matching = { rule: Rule; targets: RuleTarget[]; matches: (event: unknown) => boolean };
type Row = Omit<Rule, 'enabled' | 'provided'> & { enabled: number; provided: number };

export type EventRules = ReturnType<typeof openRules>;

// what the template made is made again at each start, so what it no longer names goes
const schema = `
CREATE TABLE IF NOT EXISTS events_buses (name TEXT PRIMARY KEY, provided INTEGER, created INTEGER);
CREATE TABLE IF NOT EXISTS events_rules (bus TEXT, name TEXT, arn TEXT, pattern TEXT, schedule TEXT, enabled INTEGER,
  description TEXT, provided INTEGER, created INTEGER, PRIMARY KEY (bus, name));
CREATE TABLE IF NOT EXISTS events_targets (bus TEXT, rule TEXT, id TEXT, body TEXT, PRIMARY KEY (bus, rule, id));
DELETE FROM events_targets WHERE (bus, rule) IN (SELECT bus, name FROM events_rules WHERE provided);
DELETE FROM events_rules WHERE provided;
DELETE FROM events_buses WHERE provided;`;

/** a bus by its name or ARN; none means the default one */
export const busName = (nameOrArn?: string) => (nameOrArn ?? 'default').replace(/^arn:.*:event-bus\//, '');

export const isBus = (arn: string) => arn.includes(':event-bus/');

/** Buses, rules and their targets, kept in sqlite. */
export const openRules = (platform: Platform) => {
  const { db, clock } = platform;
  db.exec(schema);
  const matching = new Map<string, Matching[]>();
  const allRules = db.prepare('SELECT * FROM events_rules ORDER BY bus, name');
  const busNamed = db.prepare('SELECT 1 FROM events_buses WHERE name=?');
  const targetsOf = db.prepare('SELECT body FROM events_targets WHERE bus=? AND rule=? ORDER BY id');
  const read = (row: Row): Rule => ({ ...row, enabled: Boolean(row.enabled), provided: Boolean(row.provided) });

  const change = (sql: string, ...values: (string | number | null)[]) => {
    matching.clear();
    return db.prepare(sql).run(...values).changes;
  };

  const rules = {
    busArn: (name: string) => arnOf(platform, 'events', `event-bus/${name}`),
    ruleArn: (bus: string, name: string) =>
      arnOf(platform, 'events', `rule/${bus === 'default' ? '' : `${bus}/`}${name}`),
    buses: () =>
      db.prepare('SELECT name, created FROM events_buses ORDER BY name').all() as { name: string; created: number }[],
    hasBus: (name: string) => Boolean(busNamed.get(name)),
    putBus: (name: string, provided: boolean) =>
      change('INSERT OR IGNORE INTO events_buses VALUES (?,?,?)', name, Number(provided), clock.now()),
    deleteBus: (name: string) => change('DELETE FROM events_buses WHERE name=?', name),

    all: () => (allRules.all() as Row[]).map(read),
    find: (bus: string, name: string) => rules.all().find(rule => rule.bus === bus && rule.name === name),
    put: (rule: Omit<Rule, 'created' | 'arn'>) => {
      const { bus, name, pattern, schedule, description } = rule;
      const arn = rules.ruleArn(bus, name);
      const flags = [Number(rule.enabled), description, Number(rule.provided), clock.now()];
      change(
        `INSERT INTO events_rules VALUES (?,?,?,?,?,?,?,?,?) ON CONFLICT DO UPDATE SET pattern=excluded.pattern,
          schedule=excluded.schedule, enabled=excluded.enabled, description=excluded.description`,
        ...[bus, name, arn, pattern, schedule, ...flags],
      );
      return arn;
    },
    enable: (bus: string, name: string, enabled: boolean) =>
      change('UPDATE events_rules SET enabled=? WHERE bus=? AND name=?', Number(enabled), bus, name),
    delete: (bus: string, name: string) => change('DELETE FROM events_rules WHERE bus=? AND name=?', bus, name),

    targets: (bus: string, rule: string) =>
      (targetsOf.all(bus, rule) as { body: string }[]).map(({ body }) => JSON.parse(body) as RuleTarget),
    putTarget: (bus: string, rule: string, target: RuleTarget) =>
      change('INSERT OR REPLACE INTO events_targets VALUES (?,?,?,?)', bus, rule, target.Id, JSON.stringify(target)),
    removeTarget: (bus: string, rule: string, id: string) =>
      change('DELETE FROM events_targets WHERE bus=? AND rule=? AND id=?', bus, rule, id),

    /** the enabled pattern rules of a bus, compiled once */
    matching(bus: string) {
      let found = matching.get(bus);
      if (!found) {
        const listening = rules.all().filter(rule => rule.bus === bus && rule.enabled && rule.pattern);
        found = listening.map(rule => ({
          rule,
          targets: rules.targets(bus, rule.name),
          matches: compile(JSON.parse(rule.pattern!)),
        }));
        matching.set(bus, found);
      }
      return found;
    },
  };
  return rules;
};
