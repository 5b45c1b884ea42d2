import { startEngine } from './dynamodb/engine.ts';
import { openExpiry } from './dynamodb/expiry.ts';
import { withLateIndexes } from './dynamodb/late-indexes.ts';
import type { Stream } from './dynamodb/streams.ts';
import { openAuthorizer } from './http/authorizer.ts';
import { awsEndpoint } from './http/aws-endpoint.ts';
import { openGateway } from './http/gateway.ts';
import { openIssuer } from './http/issuer.ts';
import { answerWith, closeServer, listen } from './http/listen.ts';
import { tokenMint } from './http/token.ts';
import { openFunctions } from './lambda/functions.ts';
import { startMappings } from './lambda/mappings.ts';
import { openClock } from './runtime/clock.ts';
import { collectGarbage } from './runtime/collect-garbage.ts';
import { localEndpoints } from './runtime/endpoints.ts';
import type { ErasureHook } from './runtime/erasure.ts';
import { openLog } from './runtime/log.ts';
import { openPlatform } from './runtime/platform.ts';
import { openScrubbing } from './runtime/scrub.ts';
import { openServices } from './runtime/services.ts';
import { openSettling } from './runtime/settle.ts';
import { claimFor, openState } from './runtime/state.ts';
import { startQueues } from './sqs/queues.ts';
import type { Scope } from './template/intrinsics.ts';
import { outputsOf, provision } from './template/provision.ts';
import { readTemplate } from './template/template.ts';

export type StackOptions = {
  /** the cdk.out folder, or the promise of one that is being synthesised */
  template: string | Promise<string>;
  stackName?: string;
  dataDir: string;
  port: number;
  awsPort?: number;
  /** stores nothing: the data folder is a temporary one */
  memory?: boolean;
  /** a folder for compiled code of functions, which makes their next starts faster */
  cacheDir?: string;
  /** what every function gets in its environment besides what the template sets */
  environment?: Record<string, string>;
  log(line: string): void;
  /** events after which personal data is to be erased from this machine */
  erasureHooks?: ErasureHook[];
  /** for benchmarks: a function that is invoked, and with what; a state of a workflow that is entered */
  invoked?(name: string, payload: string): void;
  entered?(state: string): void;
};

export type Stack = { url: string; awsUrl: string; outputs: Record<string, string>; close(): Promise<void> };

type Undo = (() => unknown)[];

const sweepEvery = 15_000;

const listenTwice = async ({ port, awsPort }: StackOptions, undo: Undo) => {
  const http = await listen(port);
  undo.push(() => closeServer(http.server));
  const aws = await listen(awsPort ?? (port && port + 1));
  undo.push(() => closeServer(aws.server));
  return { http, aws, url: `http://127.0.0.1:${http.port}`, awsUrl: `http://127.0.0.1:${aws.port}` };
};

/** the parts that do not depend on the template: state, clock, log, functions, the engine, the queues */
const openParts = async (options: StackOptions, awsUrl: string, undo: Undo) => {
  const { dir, db, close } = openState(options.dataDir, options.memory ?? false);
  undo.push(close);
  const log = openLog(dir);
  undo.push(() => log.close());
  const clock = openClock(db);
  undo.push(() => clock.stop());
  const { cacheDir, invoked } = options;
  const functions = openFunctions({ clock: clock.shared, cacheDir, write: log.from, invoked });
  const warn = (line: string) => {
    log.write(line);
    options.log(line);
  };
  const platform = openPlatform({ db, clock, awsUrl, functions, warn, entered: options.entered });
  const queueing = startQueues({ dir, clock: clock.shared, platform });
  queueing.catch(() => {}); // awaited below; the engine may fail first
  undo.push(async () => (await queueing.catch(() => undefined))?.sqs.stop?.());
  const issuing = openIssuer(dir, clock);
  issuing.catch(() => {}); // as above
  // it still writes into the folder, which may be removed afterwards
  undo.push(() => issuing.catch(() => undefined));
  const own = await startEngine(dir, warn, process.env.RAPPORT_DYNAMODB_ENDPOINT);
  const lateness = Number(process.env.RAPPORT_LATE_INDEXES ?? 0);
  const engine = lateness ? await withLateIndexes(own, lateness, warn) : own;
  undo.push(() => engine.stop());
  return { dir, db, log, clock, functions, platform, engine, queues: await queueing, issuer: await issuing };
};

type Parts = Awaited<ReturnType<typeof openParts>>;

const provide = async (options: StackOptions, { dir, platform, ...parts }: Parts, url: string) => {
  const template = readTemplate(await options.template, options.stackName);
  claimFor({ dir, db: platform.db }, template.stackName);
  const { account, region, warn } = platform;
  const rewrites = new Map<string, string>();
  const scope: Scope = { template, provided: new Map(), account, region, rewrites, warn };
  const addressed = (id: string) => {
    rewrites.set(`https://${id}.execute-api.${region}.amazonaws.com`, url);
    return url;
  };
  const { environment = {}, erasureHooks = [] } = options;
  const services = openServices({ ...parts, platform, template, dataDir: dir, environment, erasureHooks, addressed });
  await provision(scope, services.all);
  return { ...services, outputs: outputsOf(scope) };
};

const begin = async (
  { all, tables, lambda, erasure }: Awaited<ReturnType<typeof provide>>,
  { db, engine, queues, functions, clock, platform }: Parts,
  undo: Undo,
) => {
  for (const service of all) {
    if (service !== queues.sqs) undo.push(() => service.stop?.()); // the queues stop with their thread
    await service.start?.();
  }
  const expiry = openExpiry(engine, tables.all(), clock);
  const streams: Stream[] = await startMappings({ lambda, tables, queues, engine, functions, platform, expiry });
  undo.push(() => Promise.all(streams.map(stream => stream.stop())));
  const sweep = () => expiry.sweep().catch(error => platform.warn(`TTL: ${error.message}`));
  const sweeper = setInterval(sweep, sweepEvery);
  undo.push(() => clearInterval(sweeper), collectGarbage(functions, queues));
  const { warn } = platform;
  const scrubbing = openScrubbing({ db, engine, queues, streams, erasure, begun: functions.begun, warn });
  undo.push(() => scrubbing.stop());
  return { scrubbing, settling: openSettling({ clock, functions, queues, streams, services: all, expiry, warn }) };
};

const start = async (options: StackOptions, undo: Undo): Promise<Omit<Stack, 'close'>> => {
  const { http, aws, url, awsUrl } = await listenTwice(options, undo);
  const parts = await openParts(options, awsUrl, undo);
  const { clock, functions, issuer, log, engine, queues } = parts;
  const { account } = parts.platform;
  const provided = await provide(options, parts, url);
  const { api, cognito, outbox, mail, receiving, outputs } = provided;
  const { settling, scrubbing } = await begin(provided, parts, undo);

  const authorize = openAuthorizer(issuer, clock, cognito.issuers);
  const gateway = openGateway({ api, authorize, invoke: functions.invoke, clock, account, log: log.write });
  const mint = tokenMint(issuer, cognito, api);
  const local = localEndpoints({
    engine,
    clock,
    settling,
    scrubbing,
    outbox: outbox.list,
    report: mail.report,
    receive: receiving.receive,
    mint,
    logTail: log.tail,
  });
  answerWith(http.server, (request, response) =>
    (request.url?.startsWith('/_local/') ? local : gateway)(request, response),
  );
  const upstream = { dynamodb: engine.url, sqs: queues.url, s3: queues.url };
  answerWith(aws.server, awsEndpoint({ upstream, platform: parts.platform }));
  // requests end before what serves them; functions need the AWS endpoint until they have ended
  undo.push(() => closeServer(http.server));
  return { url, awsUrl, outputs };
};

/** Runs the stack of a cdk.out folder: its tables, queues, functions, routes, rules, schedules and state machines. */
export const startStack = async (options: StackOptions): Promise<Stack> => {
  if (options.template instanceof Promise) options.template.catch(() => {}); // awaited once the engine is up
  const undo: Undo = [];
  const close = async () => {
    for (let step = undo.pop(); step; step = undo.pop()) await step();
  };
  try {
    return { ...(await start(options, undo)), close };
  } catch (error) {
    await close();
    throw error;
  }
};
