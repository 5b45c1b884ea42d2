import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { world } from '../../world.ts';
import { erase } from './erase.ts';
import { person } from './person.ts';

const folder = (name: string) => {
  const dir = mkdtempSync(join(tmpdir(), name));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
};

const ways = (word: string): [string, Buffer][] => [
  ['utf-8', Buffer.from(word)],
  ['lower case', Buffer.from(word.toLowerCase())],
  ['utf-16', Buffer.from(word, 'utf16le')],
  ['base64', Buffer.from(Buffer.from(word).toString('base64').replace(/=+$/, '').slice(0, -1))],
  ['hex', Buffer.from(Buffer.from(word).toString('hex'))],
  ['escaped', Buffer.from(encodeURIComponent(word))],
];

/** which of the words are met in which of a folder's files, and how they are written there */
const metIn = (dir: string, words: string[]) =>
  globSync('**/*', { cwd: dir })
    .filter(file => statSync(join(dir, file)).isFile())
    .flatMap(file => {
      const bytes = readFileSync(join(dir, file));
      return words.flatMap(word =>
        ways(word)
          .filter(([, sought]) => bytes.includes(sought))
          .map(([how]) => `${file}: ${word} (${how})`),
      );
    });

/** `npm start` on a data folder, as a process that can be killed */
const begun = async (dataDir: string) => {
  const child = spawn(process.execPath, ['bin/local.ts', '--port', '0', '--data', dataDir]);
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  const line = (name: string) => new RegExp(`^${name} +(.*)$`, 'm').exec(output)?.[1] ?? '';
  for await (const chunk of child.stdout) {
    output += chunk;
    if (line('ready')) break;
  }
  const crm = await world({
    url: line('api'),
    awsUrl: line('aws'),
    busName: '',
    ownBusName: '',
    dueQueue: '',
    dataDir,
  });
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    child.kill(signal);
    await once(child, 'exit');
  };
  return { crm, end };
};

test('no byte of an erased person is left in the data folder, whenever it is killed, while it runs and after', async () => {
  const dataDir = folder('erasure-data-');
  const first = await begun(dataDir);
  const ada = await person(first.crm, 'kelpmark');
  const ben = (await first.crm.ask('POST /v1/customers', { body: { givenName: 'Ben', email: 'ben@moor.example' } }))
    .body;
  await first.crm.idle(60_000);
  expect(metIn(dataDir, [ada.email, ada.file]).length).toBeGreaterThan(1);
  expect((await first.crm.outbox(ada.email)).length).toBeGreaterThan(0);
  const id = await erase(first.crm, ada.id);
  await first.end('SIGKILL');

  const { crm, end } = await begun(dataDir);
  await crm.idle(60_000);
  expect(metIn(dataDir, ada.strings)).toEqual([]);
  expect(await crm.outbox(ada.email)).toEqual([]);
  expect(metIn(dataDir, [ben.email])).not.toEqual([]);
  const { body } = await crm.ask('GET /v1/erasures/{id}', { params: { id }, token: first.crm.token });
  expect([body.state, body.covered.find(({ area }: { area: string }) => area === 'documents').count]).toEqual([
    'done',
    1,
  ]);
  // the organisation's timeline does not mention the person
  const reply = await crm.ask('GET /v1/customers/{id}/timeline', {
    params: { id: ada.reefId },
    token: first.crm.token,
  });
  expect(reply.body.items.map(({ type }: { type: string }) => type)).toEqual(['customer.created']);
  await end('SIGTERM');
  expect(metIn(dataDir, ada.strings)).toEqual([]);
}, 240_000);
