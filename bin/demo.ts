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

type Given = { url?: string; 'write-key'?: string };

const open = async ({ url, 'write-key': writeKey }: Given) => {
  if (!url) {
    log('Starting a CRM that keeps nothing …');
    return startOwnStack();
  }
  await fetch(`${url}/health`).catch(cause => {
    throw new Error(`no CRM answers at ${url}`, { cause });
  });
  return { url, writeKey, close: async () => {} };
};

const main = async () => {
  const { values } = parseArgs({ options });
  const { url, writeKey: given, close } = await open(values);
  try {
    const place = { url, tenant, token: values.token };
    const writeKey =
      given ?? (await crmAt(place).ask('POST /v1/write-keys', { body: { name: 'Auto Inc.', kind: 'server' } })).key;
    if (!values['only-story']) {
      log('Auto Inc. hands over its three lists of customers:');
      await loadDemo({ ...place, writeKey, log });
      log('');
    }
    if (!values['only-load']) await tellStory({ ...place, writeKey }, log);
    log(`Done in ${((performance.now() - begun) / 1000).toFixed(0)} s.`);
  } finally {
    await close();
  }
};

try {
  await main();
} catch (error) {
  process.stderr.write(`demo: ${(error as Error).message}\n`);
  process.exit(1);
}
