import { execFileSync } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { forgets } from '../../../bin/forgets.ts';
import { startStack } from '../../../local/stack.ts';
import { world } from '../../world.ts';
import { person } from './person.ts';

const folder = (name: string) => {
  const dir = mkdtempSync(join(tmpdir(), name));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
};

const synthesised = () => {
  const template = folder('erasure-synth-');
  execFileSync(process.execPath, ['bin/rapport.ts'], { env: { ...process.env, CDK_OUTDIR: template } });
  return template;
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

const begun = async (template: string, dataDir: string) => {
  const stack = await startStack({ template, dataDir, port: 0, log: () => {}, forgets });
  const crm = await world({ url: stack.url, awsUrl: stack.awsUrl, busName: stack.outputs.BusName ?? '', dataDir });
  return { stack, crm };
};

test('no byte of an erased person is left in the data folder, neither while it runs nor after', async () => {
  const [template, dataDir] = [synthesised(), folder('erasure-data-')];
  const { stack, crm } = await begun(template, dataDir);
  const ada = await person(crm, 'kelpmark');
  const ben = await person(crm, 'moormark');
  await crm.idle();
  expect(metIn(dataDir, [ada.email])).not.toEqual([]);
  expect((await crm.outbox(ada.email)).length).toBeGreaterThan(0);
  const erased = await crm.ask('POST /v1/customers/{id}/erase', { params: { id: ada.id }, body: { reason: 'asked' } });
  expect(erased.status).toBe(202);
  await crm.idle(60_000);
  expect(metIn(dataDir, ada.strings)).toEqual([]);
  expect(await crm.outbox(ada.email)).toEqual([]);
  expect((await crm.outbox(ben.email)).length).toBeGreaterThan(0);
  expect(metIn(dataDir, [ben.email])).not.toEqual([]);
  await crm.advance('PT15M');
  await crm.idle(60_000);
  expect(metIn(dataDir, ada.strings)).toEqual([]);
  await stack.close();
  expect(metIn(dataDir, ada.strings)).toEqual([]);
}, 180_000);
