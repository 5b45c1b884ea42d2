import { parseArgs } from 'node:util';
import { crmAt } from '../demo/crm.ts';
import { loadDemo } from '../demo/load.ts';
import { startOwnStack } from '../demo/own-stack.ts';
import { tellStory } from '../demo/story.ts';

const tenant = 'demo';
const log = (line: string) => void process.stdout.write(`${line}\n`);

const options = {
  /** of a stack that runs already; without it, one is started that keeps nothing */
  url: { type: 'string' },
  token: { type: 'string' },
  'write-key': { type: 'string' },
  /** leaves the lists out */
  'only-story': { type: 'boolean', default: false },
  /** leaves the story out, and the clock where it is */
  'only-load': { type: 'boolean', default: false },
} as const;

const begun = performance.now();

type Address = { url: string; tenant: string; token: string | undefined; writeKey: string };

type Stack = { url: string; writeKey: string | undefined; close(): Promise<void> };

const running = async (url: string, writeKey: string | undefined): Promise<Stack> => {
  await fetch(`${url}/health`).catch(cause => {
    throw new Error(`no CRM answers at ${url}`, { cause });
  });
  return { url, writeKey, close: async () => {} };
};

const main = async () => {
  const { values } = parseArgs({ options });
  const story = async (address: Address) => tellStory(address, log);
  const load = async (address: Address) => {
    log('Auto Inc. hands over its three lists of customers, which takes some minutes:');
    await loadDemo({ ...address, log });
    log('');
  };
  const acts = [...(values['only-load'] ? [] : [story]), ...(values['only-story'] ? [] : [load])];
  // on a stack that runs already the lists come first: the story moves the clock by years
  for (const act of values.url ? acts.toReversed() : acts) {
    if (!values.url) log('Starting a CRM that keeps nothing …');
    const { url, writeKey, close } = values.url
      ? await running(values.url, values['write-key'])
      : await startOwnStack();
    try {
      const place = { url, tenant, token: values.token };
      const body = { name: 'Auto Inc.', kind: 'server' };
      const create = async () => (await crmAt(place).ask('POST /v1/write-keys', { body })).key;
      await act({ ...place, writeKey: writeKey ?? (await create()) });
    } finally {
      await close();
    }
  }
  log(`Done in ${((performance.now() - begun) / 1000).toFixed(0)} s.`);
};

try {
  await main();
} catch (error) {
  process.stderr.write(`demo: ${(error as Error).message}\n`);
  process.exit(1);
}
