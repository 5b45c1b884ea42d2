import { spawnSync } from 'node:child_process';
import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { EventType } from '../events/define.ts';
import { newId } from '../events/ids.ts';
import type { Routes } from '../functions/shared/http/contract.ts';
import { codeIn } from '../lib/code.ts';
import { apiFunctions, composed, entries, listeners } from '../lib/functions.ts';
import { bareStore } from './bare-store.ts';
import type { Budget } from './budget.ts';
import { median, round } from './statistics.ts';
import type { Table } from './table.ts';

const runs = 21;

/** kilobytes of a bundle, and milliseconds until the store's first reply */
const most = { api: 290, other: 430, start: 70 };

const built = join(import.meta.dirname, '../node_modules/.cache/bench');

type Start = { wall: number; processor: number; asked: boolean };

const settings = ['TABLE_NAME', 'BUS_NAME', 'BUS_ARN', 'SCHEDULER_GROUP', 'SCHEDULER_ROLE_ARN', 'PUBLIC_URL'];

/** a process that imports a function and gives it `EVENT`: what it has spent when the store first replies, or else when it is done */
const script = `
const { subscribe } = process.getBuiltinModule('diagnostics_channel');
const { FILE, EVENT } = process.env;
const report = asked => {
  const { user, system } = process.cpuUsage();
  console.log(JSON.stringify({ wall: performance.now(), processor: (user + system) / 1000, asked }));
  process.exit(0);
};
subscribe('http.client.response.finish', () => report(true));
const { handler } = FILE ? await import(FILE) : {};
if (EVENT) await handler(JSON.parse(EVENT), { getRemainingTimeInMillis: () => 1000 });
report(false);
`;

const start = (endpoint: string, file?: string, event?: object): Start => {
  const env = {
    PATH: process.env.PATH,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_ENDPOINT_URL: endpoint,
    ...Object.fromEntries(settings.map(name => [name, 'bench'])),
    ...(file ? { FILE: pathToFileURL(file).href } : {}),
    ...(event ? { EVENT: JSON.stringify(event) } : {}),
  };
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { env });
  if (status !== 0) throw new Error(`${file} cannot be started: ${stderr}`);
  return JSON.parse(String(stdout).trim().split('\n').at(-1)!);
};

/** the first read that an API declares, or its first route */
const requestTo = (routes: Routes) => {
  const all = Object.values(routes);
  const { key, scope, also = [] } = all.find(one => one.key.startsWith('GET') && one.auth === 'token') ?? all[0]!;
  const [method, path = ''] = key.split(' ');
  const claims = {
    sub: 'bench',
    'custom:tenant': 'bench',
    scope: [scope, ...also].map(one => `rapport/${one}`).join(' '),
  };
  return {
    version: '2.0',
    rawPath: path.replace(/\{.*?\}/g, 'x'),
    rawQueryString: '',
    headers: {},
    isBase64Encoded: false,
    requestContext: { requestId: 'bench', http: { method }, authorizer: { jwt: { claims } } },
  };
};

/** the example of an event, as its queue delivers it */
const deliveryOf = ({ name, context, example }: EventType) => {
  const now = new Date().toISOString();
  const [id, customerId] = [newId('event', now), newId('customer', now)];
  const detail = { id, tenant: 'bench', occurredAt: now, actor: 'bench', about: customerId, customerId, data: example };
  const body = JSON.stringify({ source: `rapport.${context}`, 'detail-type': name, detail });
  const queue = { eventSourceARN: 'arn:aws:sqs:us-east-1:1:bench', receiptHandle: 'bench', attributes: {} };
  return { Records: [{ ...queue, messageId: 'bench', body }] };
};

/** what each function is first given; those that only AWS invokes are imported alone */
const firsts = new Map<string, object | undefined>([
  ...apiFunctions.map(({ name, routes }) => [name, requestTo(routes)] as const),
  ...listeners.map(({ name, reactions }) => {
    const event = reactions.flatMap(({ events }) => events)[0];
    return [name, event && deliveryOf(event)] as const;
  }),
]);

const picked = (starts: Start[], pick: (values: number[]) => number) => ({
  wall: pick(starts.map(({ wall }) => wall)),
  processor: pick(starts.map(({ processor }) => processor)),
});

const least = (values: number[]) => Math.min(...values);

/** what the start of a function takes more than that of nothing */
const compared = (starts: Start[], bare: Start[], pick: (values: number[]) => number) => {
  const [it, base] = [picked(starts, pick), picked(bare, pick)];
  return {
    wall: it.wall - base.wall,
    processor: it.processor - base.processor,
    ratio: it.processor / base.processor,
  };
};

const kilobytes = (bytes: number) => round(bytes / 1000, 1);

const weights = (folder: string) => {
  const files = globSync('**/*', { cwd: folder }).filter(file => statSync(join(folder, file)).isFile());
  const beside = files.filter(file => !/^index\.mjs(\.map)?$/.test(file));
  const sum = (names: string[]) => kilobytes(names.reduce((all, name) => all + statSync(join(folder, name)).size, 0));
  return { bundle: sum(['index.mjs']), beside: sum(beside) };
};

/** Weighs each function's bundle, and starts it until the store's first reply, interleaved with bare Node. */
export const measureFunctions = async (_template: string, say: (line: string) => void) => {
  const names = [...Object.keys(entries), ...Object.keys(composed)];
  const folder = await codeIn(built); // as deployed: what runs here shares code between functions
  const { engine, close } = await bareStore();
  const bare: Start[] = [];
  const starts = new Map<string, Start[]>(names.map(name => [name, []]));
  for (let run = 0; run < runs; run++) {
    say(`starts, ${run + 1} of ${runs}`);
    for (const name of names) {
      bare.push(start(engine.url));
      starts.get(name)!.push(start(engine.url, join(folder(name), 'index.mjs'), firsts.get(name)));
    }
  }
  await close();
  const base = picked(bare, median);
  const found = names.map(name => {
    const mine = starts.get(name)!;
    const quietest = compared(mine, bare, least);
    const soonest = Math.min(quietest.wall, quietest.processor);
    const asks = mine.some(({ asked }) => asked);
    return { name, ...weights(folder(name)), ...compared(mine, bare, median), least: soonest, asks };
  });
  const table: Table = {
    title: 'Functions',
    note: [
      '`bundle` is what is read at the start, `beside` what lies next to it until it is needed (1 KB is 1,000 bytes; maps of sources not',
      'counted). From the start of the process to the first reply of the store, without TLS, over bare Node (`asks` no: to the end of',
      `what it was given, or of its import): medians of ${runs} starts, interleaved with starts of nothing (${round(base.wall)} ms by the clock, ${round(base.processor)} ms`,
      'of processor time, as of this machine); `×` is processor time over that of bare Node. `least` is the quietest start over the',
      'quietest of nothing, by whichever is less of clock (which also counts what else the machine does) and processor time (which',
      'also counts what is done in parallel): the budget is about that.',
    ].join('\n'),
    head: ['function', 'bundle KB', 'beside KB', 'asks', 'first reply ms, clock', 'ms, processor', '×', 'ms, least'],
    rows: found.map(one => [
      one.name,
      one.bundle,
      one.beside,
      one.asks ? 'yes' : 'no',
      round(one.wall),
      round(one.processor),
      round(one.ratio, 1),
      round(one.least),
    ]),
  };
  const http = new Set(apiFunctions.map(({ name }) => name));
  const budgets: Budget[] = found.flatMap(({ name, bundle, least: soonest }) => [
    { name: `bundle of ${name}`, limit: http.has(name) ? most.api : most.other, found: bundle, unit: 'KB' },
    {
      name: `first reply of the store to ${name} over bare Node`,
      limit: most.start,
      found: round(soonest),
      unit: 'ms',
    },
  ]);
  return { table, budgets };
};
