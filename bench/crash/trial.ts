import { setTimeout as sleep } from 'node:timers/promises';
import { accountAll, accountTimers, openAccount } from './account.ts';
import { type Body, type Client, insistentClient } from './client.ts';
import { beginLoad, prepare } from './load.ts';
import { type Runtime, runtimeOn } from './runtime.ts';

type Load = ReturnType<typeof beginLoad>;

type Options = {
  dataDir: string;
  /** how often the runtime is killed; every third time its database is killed a moment before */
  kills: number;
  lanes: number;
  say?: (line: string) => void;
};

const local = async (runtime: Runtime, what: string, body: object) => {
  const reply = await fetch(`${runtime.at().api}/_local/${what}`, { method: 'POST', body: JSON.stringify(body) });
  const answer = (await reply.json()) as Body;
  if (!reply.ok) throw new Error(`/_local/${what}: ${reply.status} ${JSON.stringify(answer)}`);
};

const idle = (runtime: Runtime) => local(runtime, 'idle', { timeoutMs: 120_000 });
const advance = (runtime: Runtime, time: string) => local(runtime, 'clock', { advance: time });

/** kills and restarts while clients go on */
const harass = async (runtime: Runtime, load: Load, { kills, lanes, say = () => {} }: Options) => {
  for (let kill = 1; kill <= kills; kill++) {
    await sleep(300 + Math.random() * 2500);
    while (load.seen.length < kill * lanes) await sleep(Math.random() * 100); // a slow machine gets somewhere, too
    if (kill % 3 === 0) {
      runtime.killEngine();
      await sleep(Math.random() * 400);
    }
    await runtime.kill();
    await runtime.start();
    load.renew();
    say(`kill ${kill} of ${kills}: ${load.seen.length} customers so far`);
  }
};

/** locks of interrupted requests, and mails with an unknown delivery, are resolved by time */
const advanceUntilDone = async (runtime: Runtime, finish: Promise<void>) => {
  let done = false;
  const finished = finish.finally(() => {
    done = true;
  });
  finished.catch(() => {});
  while (!done) {
    await Promise.race([finished, sleep(1000)]);
    if (!done) await advance(runtime, 'PT40S');
  }
  await finished;
  await idle(runtime);
  await advance(runtime, 'PT1H');
  await idle(runtime);
};

const tried = async (runtime: Runtime, client: Client, options: Options) => {
  const { account, times } = openAccount();
  await runtime.start();
  await prepare(client);
  const load = beginLoad(client, runtime, options.lanes);
  await harass(runtime, load, options);
  await advanceUntilDone(runtime, load.stop());
  await accountAll(client, runtime, times, load.seen);
  await advance(runtime, 'PT4H');
  await idle(runtime);
  await runtime.kill(); // what waits for days survives this as well
  await runtime.start();
  await advance(runtime, 'P8D');
  await idle(runtime);
  await accountTimers(client, times, load.seen);
  return { ...account, kills: options.kills + 1, repeated: client.repeated(), customers: load.seen.length };
};

/** Loads the whole product over HTTP, kills it again and again, and accounts for every effect. */
export const tryCrashes = async (options: Options) => {
  const runtime = runtimeOn(options.dataDir);
  try {
    return await tried(runtime, insistentClient(runtime), options);
  } finally {
    await runtime.kill();
  }
};
