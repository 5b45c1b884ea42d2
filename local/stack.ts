import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openAuthorizer } from './authorizer.ts';
import { awsEndpoint } from './aws-endpoint.ts';
import { openClock } from './clock.ts';
import { cognitoService } from './cognito.ts';
import { startEngine } from './engine.ts';
import { openExpiry } from './expiry.ts';
import { openFunctions } from './functions.ts';
import { openGateway } from './gateway.ts';
import { httpApiService } from './http-api.ts';
import type { Scope } from './intrinsics.ts';
import { openIssuer } from './issuer.ts';
import { lambdaService } from './lambda.ts';
import { closeServer, listen } from './listen.ts';
import { localEndpoints } from './local-endpoints.ts';
import { lockFolder } from './lock.ts';
import { openLog } from './log.ts';
import { startMappings } from './mappings.ts';
import { outputsOf, provision } from './provision.ts';
import { startQueues } from './queues.ts';
import type { Platform, Service } from './service.ts';
import { eventsService } from './services/events.ts';
import { schedulerService } from './services/scheduler.ts';
import { openSettling } from './settle.ts';
import type { Stream } from './streams.ts';
import { openTables } from './tables.ts';
import { readTemplate } from './template.ts';
import { tokenMint } from './token.ts';

export type StackOptions = {
  /** the cdk.out folder, or the promise of one that is being synthesised */
  template: string | Promise<string>;
  stackName?: string;
  dataDir: string;
  /** 0 takes any free port */
  port: number;
  /** of the AWS endpoint; the next one unless given */
  awsPort?: number;
  /** keeps nothing: the data folder is a temporary one */
  memory?: boolean;
  log(line: string): void;
};

/** A synthesised stack running on this machine. */
export type Stack = { url: string; awsUrl: string; outputs: Record<string, string>; close(): Promise<void> };

const account = '000000000000'; // the one fauxqs and the engine answer as
const region = 'us-east-1';

/** real milliseconds between looks for items whose time to live has passed */
const sweepEvery = 15_000;

const folderFor = ({ memory, dataDir }: StackOptions) => {
  if (memory) return mkdtempSync(join(tmpdir(), 'local-stack-'));
  try {
    mkdirSync(dataDir, { recursive: true });
    return dataDir;
  } catch (error) {
    throw new Error(
      `the data folder ${dataDir} cannot be made (${(error as NodeJS.ErrnoException).code}): name another with --data`,
    );
  }
};

const openDb = (dir: string) => {
  try {
    const release = lockFolder(dir);
    const db = new DatabaseSync(join(dir, 'runtime.db'));
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
    return { db, release };
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    if (code !== 'ERR_SQLITE_ERROR' && code !== 'EACCES' && code !== 'EROFS') throw error;
    throw new Error(
      `the data folder ${dir} cannot be used (${message}): make it writable, remove it, or name another with --data`,
    );
  }
};

/** Runs the stack of a cdk.out folder: its tables, queues, functions, routes, rules, schedules and state machines. */
export const startStack = async (options: StackOptions): Promise<Stack> => {
  const undo: (() => unknown)[] = []; // what close does, last begun first
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

const start = async (options: StackOptions, undo: (() => unknown)[]): Promise<Omit<Stack, 'close'>> => {
  const template = Promise.resolve(options.template);
  template.catch(() => {}); // awaited below; what starts meanwhile may fail first
  const http = await listen(options.port);
  undo.push(() => closeServer(http.server));
  const aws = await listen(options.awsPort ?? (options.port && options.port + 1));
  undo.push(() => closeServer(aws.server));
  const url = `http://127.0.0.1:${http.port}`;
  const awsUrl = `http://127.0.0.1:${aws.port}`;

  const dir = folderFor(options);
  if (options.memory) undo.push(() => rmSync(dir, { recursive: true, force: true }));
  const { db, release } = openDb(dir);
  undo.push(release, () => db.close());
  const log = openLog(dir);
  undo.push(() => log.close());
  const clock = openClock(db);
  undo.push(() => clock.stop());
  const warn = (line: string) => {
    log.write(line);
    options.log(line);
  };

  const functions = openFunctions(clock.shared, (name, text) => {
    for (const line of text.trimEnd().split('\n')) log.write(`${name} ${line}`);
  });
  const services: Service[] = [];
  const platform: Platform & { clock: typeof clock } = {
    db,
    clock,
    account,
    region,
    awsUrl,
    invoke: async (arn, payload) => JSON.parse(await functions.invoke(arn, JSON.stringify(payload ?? {}))),
    service(name) {
      const found = services.find(one => one.name === name);
      if (!found) throw new Error(`the runtime has no service ${name}`);
      return found;
    },
    warn,
  };

  const issuing = openIssuer(dir, clock);
  const queueing = startQueues({ dir, clock: clock.shared, platform, died: warn });
  queueing.catch(() => {});
  undo.push(async () => (await queueing.catch(() => undefined))?.sqs.stop());
  const engine = await startEngine(dir, warn, process.env.RAPPORT_DYNAMODB_ENDPOINT);
  undo.push(() => engine.stop());
  const queues = await queueing;

  const whole = readTemplate(await template, options.stackName);
  const { stackName } = whole;
  const rewrites = new Map<string, string>();
  const scope: Scope = { template: whole, provided: new Map(), account, region, rewrites, warn };
  const tables = openTables(engine, platform, stackName);
  const cognito = cognitoService(platform, stackName);
  const api = httpApiService(warn, id => {
    rewrites.set(`https://${id}.execute-api.${region}.amazonaws.com`, url);
    return url;
  });
  const direct = { DYNAMODB: engine.url, DYNAMODB_STREAMS: engine.url };
  const lambda = lambdaService({ functions, platform, template: whole, dataDir: dir, direct });
  services.push(tables, queues.sqs, queues.s3, cognito, api, lambda);
  services.push(eventsService(platform), schedulerService(platform));
  queues.named(stackName);
  await provision(scope, services);

  let streams: Stream[] = [];
  const expiry = openExpiry(engine, tables.all(), clock);
  const issuer = await issuing;
  const authorize = openAuthorizer(issuer, clock, cognito.issuers);
  const invoke = functions.invoke;
  const gateway = openGateway({ api, authorize, invoke, clock, account, log: log.write });
  const settling = openSettling({
    clock,
    functions,
    queues,
    streams: () => streams,
    services,
    expiry: () => expiry,
    warn,
  });
  const local = localEndpoints({
    clock,
    settling,
    outbox: () => [],
    mint: tokenMint(issuer, cognito, api),
    logTail: log.tail,
  });
  http.server.on('request', (request, response) => {
    void (request.url?.startsWith('/_local/') ? local : gateway)(request, response);
  });
  const upstream = { dynamodb: engine.url, sqs: queues.url, s3: queues.url };
  aws.server.on('request', awsEndpoint({ upstream, services, account }));

  for (const service of services) if (service !== queues.sqs) undo.push(() => service.stop());
  for (const service of services) await service.start();
  streams = await startMappings({ lambda, tables, queues, engine, functions, platform, expiry });
  undo.push(() => Promise.all(streams.map(stream => stream.stop())));
  const sweeper = setInterval(() => void expiry.sweep().catch(error => warn(`TTL: ${error.message}`)), sweepEvery);
  undo.push(() => clearInterval(sweeper));
  return { url, awsUrl, outputs: outputsOf(scope) };
};
