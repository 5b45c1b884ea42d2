import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crmAt } from '../demo/crm.ts';
import { startEngine } from '../local/dynamodb/engine.ts';
import { type StackOptions, startStack } from '../local/stack.ts';
import { readTemplate } from '../local/template/template.ts';
import { openCounter } from './counter.ts';
import { overlay } from './overlay.ts';

const services = ['DYNAMODB', 'EVENTBRIDGE', 'SCHEDULER', 'SFN', 'SESV2', 'SNS', 'SQS', 'S3'];

const warn = (line: string) => void process.stderr.write(`${line}\n`);

/** a stack on an engine of its own, both in a temporary folder */
const open = async (template: string, dir: string, observe: Pick<StackOptions, 'invoked' | 'entered'> = {}) => {
  mkdirSync(join(dir, 'engine'));
  const engine = await startEngine(join(dir, 'engine'), warn);
  process.env.RAPPORT_DYNAMODB_ENDPOINT = engine.url;
  const stack = await startStack({ template, dataDir: join(dir, 'data'), port: 0, log: warn, ...observe });
  const close = async () => {
    await stack.close();
    await engine.stop();
    rmSync(dir, { recursive: true, force: true });
  };
  return { stack, engine, close };
};

const folder = () => mkdtempSync(join(tmpdir(), 'rapport-bench-'));

let tenants = 0;

const tenantOf = async (url: string) => {
  const tenant = `bench-${++tenants}`;
  const crm = crmAt({ url, tenant });
  const { key: writeKey } = await crm.ask('POST /v1/write-keys', { body: { name: 'bench' } });
  return { ...crmAt({ url, tenant, writeKey }), tenant, writeKey: writeKey as string };
};

export type Tenant = Awaited<ReturnType<typeof tenantOf>>;

/** A stack as it is deployed, for measuring time. */
export const plainStack = async (template: string) => {
  const { stack, engine, close } = await open(template, folder());
  return { url: stack.url, engine, close, tenant: () => tenantOf(stack.url), tableName: stack.outputs.TableName ?? '' };
};

/** A stack as people start it, with its engine inside: what it has read of the engine's stream is trimmed there. */
export const wholeStack = async (template: string) => {
  delete process.env.RAPPORT_DYNAMODB_ENDPOINT;
  const dir = folder();
  const stack = await startStack({ template, dataDir: dir, port: 0, log: warn });
  const close = async () => {
    await stack.close();
    rmSync(dir, { recursive: true, force: true });
  };
  return { url: stack.url, close, tenant: () => tenantOf(stack.url) };
};

/** a function that was invoked, and messages of queues that it was given */
export type Invoked = { name: string; messages: number };

const messagesIn = (payload: string) => payload.split('"eventSource":"aws:sqs"').length - 1;

/** A stack with a counter between its functions and every service, for measuring work. */
export const countedStack = async (template: string) => {
  const dir = folder();
  const counter = await openCounter();
  const overlaid = join(dir, 'cdk.out');
  overlay(template, overlaid, name =>
    Object.fromEntries(
      services.map(service => [`AWS_ENDPOINT_URL_${service}`, counter.at(name, service.toLowerCase())]),
    ),
  );
  const names = new Map<string, string>();
  const { stackName, resources } = readTemplate(overlaid);
  for (const [id, { Properties }] of Object.entries(resources)) {
    names.set(`${stackName}-${id}`.slice(-64).replace(/^-+/, ''), Properties?.Description);
  }
  const invoked: Invoked[] = [];
  let transitions = 0;
  const { stack, engine, close } = await open(overlaid, dir, {
    invoked: (name, payload) => void invoked.push({ name: names.get(name) ?? name, messages: messagesIn(payload) }),
    entered: () => void transitions++,
  });
  counter.upstream.dynamodb = engine.url;
  counter.upstream.others = stack.awsUrl;
  return {
    tenant: () => tenantOf(stack.url),
    /** what was called and invoked since the last time */
    taken: () => {
      const taken = { calls: counter.taken(), invoked: invoked.splice(0), transitions };
      transitions = 0;
      return taken;
    },
    async close() {
      await close();
      await counter.close();
    },
  };
};

export type Counted = Awaited<ReturnType<typeof countedStack>>;
