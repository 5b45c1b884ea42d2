import { openAuthorizer } from './authorizer.ts';
import { awsEndpoint } from './aws-endpoint.ts';
import { openClock } from './clock.ts';
import { startEngine } from './engine.ts';
import { openExpiry } from './expiry.ts';
import type { Forgets } from './forgetting.ts';
import { openFunctions } from './functions.ts';
import { openGateway } from './gateway.ts';
import type { Scope } from './intrinsics.ts';
import { openIssuer } from './issuer.ts';
import { answerWith, closeServer, listen } from './listen.ts';
import { localEndpoints } from './local-endpoints.ts';
import { openLog } from './log.ts';
import { startMappings } from './mappings.ts';
import { openPlatform } from './platform.ts';
import { outputsOf, provision } from './provision.ts';
import { startQueues } from './queues.ts';
import { openScrubbing } from './scrub.ts';
import { openServices } from './services.ts';
import { openSettling } from './settle.ts';
import { openState } from './state.ts';
import type { Stream } from './streams.ts';
import { readTemplate } from './template.ts';
import { tidyMemory } from './tidy-memory.ts';
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
  /** events after which somebody is to be forgotten */
  forgets?: Forgets[];
  /** told the name of each function that is invoked, for benchmarks */
  invoked?(name: string): void;
};

/** A synthesised stack running on this machine. */
export type Stack = { url: string; awsUrl: string; outputs: Record<string, string>; close(): Promise<void> };

/** what close does, last begun first */
type Undo = (() => unknown)[];

/** real milliseconds between looks for items whose time to live has passed */
const sweepEvery = 15_000;

const listenTwice = async ({ port, awsPort }: StackOptions, undo: Undo) => {
  const http = await listen(port);
  undo.push(() => closeServer(http.server));
  const aws = await listen(awsPort ?? (port && port + 1));
  undo.push(() => closeServer(aws.server));
  return { http, aws, url: `http://127.0.0.1:${http.port}`, awsUrl: `http://127.0.0.1:${aws.port}` };
};

/** the parts that the template says nothing of: state, clock, log, functions, the engine, the queues */
const openParts = async (options: StackOptions, awsUrl: string, undo: Undo) => {
  const { dir, db, close } = openState(options.dataDir, options.memory ?? false);
  undo.push(close);
  const log = openLog(dir);
  undo.push(() => log.close());
  const clock = openClock(db);
  undo.push(() => clock.stop());
  const functions = openFunctions(clock.shared, { write: log.from, invoked: options.invoked });
  const warn = (line: string) => {
    log.write(line);
    options.log(line);
  };
  const platform = openPlatform({ db, clock, awsUrl, functions, warn });
  const queueing = startQueues({ dir, clock: clock.shared, platform });
  queueing.catch(() => {}); // awaited below; the engine may fail first
  undo.push(async () => (await queueing.catch(() => undefined))?.sqs.stop());
  const issuing = openIssuer(dir, clock);
  issuing.catch(() => {}); // as above
  // it still writes into the folder, which may be gone afterwards
  undo.push(() => issuing.catch(() => undefined));
  const engine = await startEngine(dir, warn, process.env.RAPPORT_DYNAMODB_ENDPOINT);
  undo.push(() => engine.stop());
  return { dir, db, log, clock, functions, platform, engine, queues: await queueing, issuer: await issuing };
};

type Parts = Awaited<ReturnType<typeof openParts>>;

/** makes what the template declares exist */
const provide = async (options: StackOptions, parts: Parts, url: string) => {
  const { dir, engine, functions, queues, platform } = parts;
  const template = readTemplate(await options.template, options.stackName);
  const { account, region, warn } = platform;
  const rewrites = new Map<string, string>();
  const scope: Scope = { template, provided: new Map(), account, region, rewrites, warn };
  const addressed = (id: string) => {
    rewrites.set(`https://${id}.execute-api.${region}.amazonaws.com`, url);
    return url;
  };
  const services = openServices({
    platform,
    template,
    dir,
    engine,
    functions,
    queues,
    forgets: options.forgets ?? [],
    addressed,
  });
  await provision(scope, services.all);
  return { ...services, outputs: outputsOf(scope) };
};

const begin = async (
  { all, tables, lambda, forgetting }: Awaited<ReturnType<typeof provide>>,
  { db, engine, queues, functions, clock, platform }: Parts,
  undo: Undo,
) => {
  for (const service of all) {
    if (service !== queues.sqs) undo.push(() => service.stop()); // the queues stop with their thread
    await service.start();
  }
  const expiry = openExpiry(engine, tables.all(), clock);
  const streams: Stream[] = await startMappings({ lambda, tables, queues, engine, functions, platform, expiry });
  undo.push(() => Promise.all(streams.map(stream => stream.stop())));
  const sweep = () => expiry.sweep().catch(error => platform.warn(`TTL: ${error.message}`));
  const sweeper = setInterval(sweep, sweepEvery);
  undo.push(() => clearInterval(sweeper), tidyMemory(functions, queues));
  const { warn } = platform;
  const begun = functions.begun;
  const scrubbing = openScrubbing({ db, engine, queues, streams, forgetting, begun, warn });
  undo.push(() => scrubbing.stop());
  return { scrubbing, settling: openSettling({ clock, functions, queues, streams, services: all, expiry, warn }) };
};

const start = async (options: StackOptions, undo: Undo): Promise<Omit<Stack, 'close'>> => {
  const { http, aws, url, awsUrl } = await listenTwice(options, undo);
  const parts = await openParts(options, awsUrl, undo);
  const { clock, functions, issuer, log, engine, queues } = parts;
  const { account } = parts.platform;
  const provided = await provide(options, parts, url);
  const { api, cognito, outbox, all: services, outputs } = provided;
  const { settling, scrubbing } = await begin(provided, parts, undo);

  const authorize = openAuthorizer(issuer, clock, cognito.issuers);
  const gateway = openGateway({ api, authorize, invoke: functions.invoke, clock, account, log: log.write });
  const mint = tokenMint(issuer, cognito, api);
  const local = localEndpoints({ clock, settling, scrubbing, outbox: outbox.list, mint, logTail: log.tail });
  answerWith(http.server, (request, response) =>
    (request.url?.startsWith('/_local/') ? local : gateway)(request, response),
  );
  const upstream = { dynamodb: engine.url, sqs: queues.url, s3: queues.url };
  answerWith(aws.server, awsEndpoint({ upstream, services, account }));
  // nobody is let in any more before what serves them stops; functions need the AWS endpoint to their end
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
