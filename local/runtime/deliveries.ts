import { randomUUID } from 'node:crypto';
import { alarm } from './alarm.ts';
import { queueUrl } from './arn.ts';
import type { Target } from './send.ts';
import { AwsError, FunctionError, type Platform } from './service.ts';
import { concerns } from './tenant.mjs';

/** One payload on its way to one target. `origin` is the ARN of the rule or schedule that sends it. */
export type Delivery = {
  id: string;
  origin: string;
  target: Target;
  payload: string;
  deadLetterArn: string | null;
  maxRetries: number;
  maxAgeSeconds: number;
};
type Row = Omit<Delivery, 'target'> & { target: string; attempts: number; created: number };

export type Deliveries = {
  /** stores a delivery, inside the transaction under way; `kick` sends it */
  add(delivery: Omit<Delivery, 'id'>): void;
  kick(): void;
  start(): void;
  stop(): void;
  /** how many are due now or under way, of one tenant or of all */
  pending(tenant?: string): number;
};

const AT_ONCE = 160;
// what AWS does not try again: the target or its permission is not there, or the payload can never fit
const hopeless = /NotFound|NonExistent|NonExistentQueue|DoesNotExist|AccessDenied|InvalidJson|INVALID_JSON|UNSUPPORTED/;

const schema = `CREATE TABLE IF NOT EXISTS deliveries (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, service TEXT, id TEXT UNIQUE, origin TEXT, target TEXT, payload TEXT,
  deadLetterArn TEXT, maxRetries INTEGER, maxAgeSeconds INTEGER, attempts INTEGER DEFAULT 0, created INTEGER, due INTEGER);
CREATE INDEX IF NOT EXISTS deliveries_due ON deliveries(service, due, seq);`;

const attribute = (value: unknown) => ({ DataType: 'String', StringValue: String(value) });

const deadLetter = async (platform: Platform, row: Row, error: unknown, condition?: string) => {
  const { Arn } = JSON.parse(row.target) as Target;
  const code = error instanceof AwsError ? error.code : 'SDK_CLIENT_ERROR';
  const message = error instanceof Error ? error.message : String(error);
  if (!row.deadLetterArn) {
    platform.warn(`${row.origin} stopped delivering to ${Arn} after ${row.attempts + 1} attempts: ${code} ${message}`);
    return;
  }
  const origin = row.origin.includes(':scheduler:') ? 'SCHEDULE_ARN' : 'RULE_ARN';
  await platform.call('sqs', 'SendMessage', {
    QueueUrl: queueUrl(platform, row.deadLetterArn),
    MessageBody: row.payload,
    MessageAttributes: {
      ERROR_CODE: attribute(code),
      ERROR_MESSAGE: attribute(message || code),
      [origin]: attribute(row.origin),
      TARGET_ARN: attribute(Arn),
      RETRY_ATTEMPTS: { DataType: 'Number', StringValue: String(row.attempts) },
      ...(condition && { EXHAUSTED_RETRY_CONDITION: attribute(condition) }),
    },
  });
};

/** What to do about a failed attempt: milliseconds until the next one, or why there is none. */
const verdict = (row: Row, error: unknown, now: number): { after: number } | { drop: true } | { giveUp?: string } => {
  // Lambda took the event: from there its own two asynchronous retries count, and after them it is dropped
  if (error instanceof FunctionError) return row.attempts < 2 ? { after: 60_000 * (row.attempts + 1) } : { drop: true };
  if (error instanceof AwsError && hopeless.test(error.code)) return {};
  if (row.attempts >= row.maxRetries) return { giveUp: 'MaximumRetryAttempts' };
  const after = Math.min(1000 * 2 ** row.attempts, 600_000);
  return now + after > row.created + row.maxAgeSeconds * 1000 ? { giveUp: 'MaximumEventAgeInSeconds' } : { after };
};

/** Durable at-least-once deliveries of one service: stored in SQLite until the target or its dead-letter queue took them. */
export const openDeliveries = (
  platform: Platform,
  service: string,
  send: (target: Target, payload: string, id: string) => Promise<void>,
): Deliveries => {
  const { db, clock } = platform;
  db.exec(schema);
  const insert = db.prepare(`INSERT INTO deliveries
    (service, id, origin, target, payload, deadLetterArn, maxRetries, maxAgeSeconds, created, due) VALUES (?,?,?,?,?,?,?,?,?,?)`);
  const dueIds = db.prepare('SELECT id FROM deliveries WHERE service=? AND due<=? ORDER BY due, seq LIMIT ?');
  const read = db.prepare('SELECT * FROM deliveries WHERE id=?');
  const remove = db.prepare('DELETE FROM deliveries WHERE id=?');
  const postpone = db.prepare('UPDATE deliveries SET due=?, attempts=attempts+1 WHERE id=?');
  const nextDue = db.prepare('SELECT min(due) AS due FROM deliveries WHERE service=? AND due>?');
  const dueNow = db.prepare('SELECT payload FROM deliveries WHERE service=? AND due<=?');
  const flying = new Set<string>();
  const wakeUp = alarm(clock, () => kick());
  let running = false;

  const failed = async (row: Row, error: unknown) => {
    const decision = verdict(row, error, clock.now());
    if ('after' in decision) return void (running && postpone.run(clock.now() + decision.after, row.id));
    const text = error instanceof Error ? error.message : error;
    if ('drop' in decision) platform.warn(`${row.origin}: the function failed three times, event dropped: ${text}`);
    else await deadLetter(platform, row, error, decision.giveUp);
    if (running) remove.run(row.id);
  };

  const attempt = async (id: string) => {
    const row = read.get(id) as Row | undefined;
    if (!row) return;
    try {
      await send(JSON.parse(row.target), row.payload, row.id);
    } catch (error) {
      return failed(row, error);
    }
    if (running) remove.run(id);
  };

  const fly = async (id: string) => {
    flying.add(id);
    try {
      await attempt(id);
    } catch (error) {
      // the dead-letter queue failed too: try again in a minute
      platform.warn(`cannot deliver: ${error instanceof Error ? error.message : error}`);
      if (running) postpone.run(clock.now() + 60_000, id);
    } finally {
      flying.delete(id);
      kick();
    }
  };

  const kick = () => {
    if (!running) return;
    if (flying.size < AT_ONCE) {
      for (const { id } of dueIds.all(service, clock.now(), 2 * AT_ONCE) as { id: string }[]) {
        if (flying.size >= AT_ONCE) break;
        if (!flying.has(id)) void fly(id);
      }
    }
    wakeUp.set((nextDue.get(service, clock.now()) as { due: number | null }).due);
  };

  return {
    add({ origin, target, payload, deadLetterArn, maxRetries, maxAgeSeconds }) {
      const now = clock.now();
      const keys = [service, randomUUID(), origin, JSON.stringify(target), payload];
      insert.run(...keys, deadLetterArn, maxRetries, maxAgeSeconds, now, now);
    },
    kick,
    start() {
      running = true;
      kick();
    },
    stop() {
      running = false;
      wakeUp.set(null);
    },
    pending: tenant =>
      dueNow.all(service, clock.now()).filter(({ payload }) => concerns(String(payload), tenant)).length,
  };
};
