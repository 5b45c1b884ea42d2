import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '../events/ids.ts';
import { matchingTriggers } from '../functions/marketing/matching-triggers.ts';
import { type FiledTrigger, filedTriggers } from '../functions/marketing/trigger.ts';
import { put } from '../functions/shared/changes.ts';
import { type Ctx, ctxOf } from '../functions/shared/context.ts';
import { indexKeys } from '../functions/shared/interest.ts';
import { startEngine } from '../local/engine.ts';
import { type Counter, openCounter } from './counter.ts';
import { busEvents, rules, seeded } from './rules.ts';

const now = '2026-11-22T08:00:00.000Z';

/** the keys of the store's table; what evaluation reads needs no index */
const tableOf = (TableName: string) => ({
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: ['pk', 'sk'].map(AttributeName => ({ AttributeName, AttributeType: 'S' })),
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
});

/** triggers as they are filed when they are activated: ten thousand through the front door would take minutes */
const file = async ({ store }: Ctx, patterns: ReturnType<typeof rules>) => {
  const filed = patterns.flatMap(({ pattern }) => {
    const templateId = newId('template', now);
    const trigger = { id: newId('trigger', now), version: 1, name: 'bench', when: pattern, channels: { 0: 'email' } };
    return indexKeys(pattern).map(key => ({ ...trigger, key, then: [{ send: { templateId, topic: 'news' } }] }));
  });
  for (let at = 0; at < filed.length; at += 100) {
    await store.commit(filed.slice(at, at + 100).map(one => put(filedTriggers, one as FiledTrigger)));
  }
};

export type Evaluation = { triggers: number; calls: number; read: number; matched: number };

const evaluate = async (counter: Counter, triggers: number, names: number): Promise<Evaluation> => {
  const ctx = ctxOf({ tenant: `bench-${triggers}`, actor: 'bench', now });
  await file(ctx, rules(triggers, names, seeded(1)));
  counter.taken();
  const events = busEvents(100, names, seeded(2));
  let matched = 0;
  for (const event of events) {
    const { source, 'detail-type': type, detail } = JSON.parse(event);
    matched += (await matchingTriggers(ctx, { source, type, ...detail })).length;
  }
  const calls = counter.taken();
  const read = calls.reduce((sum, call) => sum + call.read, 0);
  return {
    triggers,
    calls: calls.length / events.length,
    read: read / events.length,
    matched: matched / events.length,
  };
};

/** What the store is asked for each event when so many triggers are active, ten of them on each event name. */
export const evaluations = async (counts: number[]): Promise<Evaluation[]> => {
  const dir = mkdtempSync(join(tmpdir(), 'rapport-bench-'));
  const engine = await startEngine(dir, line => void process.stderr.write(`${line}\n`));
  const counter = await openCounter();
  counter.upstream.dynamodb = engine.url;
  const environment = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };
  Object.assign(process.env, environment, {
    TABLE_NAME: 'bench',
    AWS_ENDPOINT_URL_DYNAMODB: counter.at('bench', 'dynamodb'),
  });
  try {
    await engine.call('DynamoDB.CreateTable', tableOf('bench'));
    const found: Evaluation[] = [];
    for (const triggers of counts) found.push(await evaluate(counter, triggers, triggers / 10));
    return found;
  } finally {
    delete process.env.AWS_ENDPOINT_URL_DYNAMODB;
    await engine.stop();
    await counter.close();
    rmSync(dir, { recursive: true, force: true });
  }
};
