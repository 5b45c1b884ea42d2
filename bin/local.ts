import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { exitWithParent } from '../local/runtime/exit-with-parent.ts';
import type { Stack } from '../local/stack.ts';
import { startRapport } from './stack.ts';

/** tenant and role of the token and the write key that are printed */
const demo = { tenant: 'demo', roles: ['admin'] };

const root = join(import.meta.dirname, '..');

const print = (name: string, value: string) => process.stdout.write(`${name.padEnd(9)} ${value}\n`);

const help = `npm start -- [options]

  --port <number>   of the API (3000); the AWS endpoint has the one after it
  --data <folder>   where everything is stored (.rapport)
  --memory          stores nothing
  --demo            loads the customers of the demo
  --help            this text
`;

const optionsFrom = (argv: string[]) => {
  const { values } = parseArgs({
    args: argv,
    options: {
      port: { type: 'string', default: '3000' },
      data: { type: 'string', default: '.rapport' },
      memory: { type: 'boolean', default: false },
      demo: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_534)
    throw new Error(`--port takes a number, not ${values.port}`);
  return { ...values, port, dataDir: resolve(values.data) };
};

const postJson = (url: string, body: object, token?: string) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  });

const tokenOf = async ({ url }: Stack): Promise<string> => {
  const { token } = (await (await postJson(`${url}/_local/token`, demo)).json()) as { token: string };
  return token;
};

/** created once and stored in the data folder, as the API shows a key only when it creates it */
const writeKeyOf = async (
  { url }: Stack,
  token: string,
  kind: 'public' | 'server',
  file: string | undefined,
): Promise<string | undefined> => {
  if (file && existsSync(file)) return readFileSync(file, 'utf8').trim();
  const reply = await postJson(`${url}/v1/write-keys`, { name: `local ${kind}`, kind }, token);
  if (!reply.ok) return undefined;
  const { key } = (await reply.json()) as { key: string };
  if (file) writeFileSync(file, `${key}\n`, { mode: 0o600 });
  return key;
};

/** loads the customers of `npm run demo` into the stack that is running already; the clock stays */
const loadDemo = async (url: string, writeKey: string) => {
  const args = [join(root, 'bin/demo.ts'), '--only-load', '--url', url, '--write-key', writeKey];
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  if (code !== 0) process.stderr.write(`loading the demo ended with ${code}; the stack keeps running\n`);
};

const main = async () => {
  const begun = performance.now();
  const { port, dataDir, memory, help: helped, demo: withDemo } = optionsFrom(process.argv.slice(2));
  if (helped) return void process.stdout.write(help);
  const stopping = exitWithParent();
  const log = (line: string) => process.stderr.write(`${line}\n`);
  const stack = await startRapport({ dataDir, port, memory, log });
  stopping(() => stack.close());

  const token = await tokenOf(stack);
  const file = (name: string) => (memory ? undefined : join(dataDir, name));
  const writeKey = await writeKeyOf(stack, token, 'public', file('write-key'));
  const serverKey = await writeKeyOf(stack, token, 'server', file('server-key'));
  print('api', stack.url);
  print('docs', `${stack.url}/docs`);
  print('aws', stack.awsUrl);
  print('token', token);
  if (writeKey) print('writeKey', writeKey);
  if (serverKey) print('serverKey', serverKey);
  if (withDemo && serverKey) await loadDemo(stack.url, serverKey);
  print(
    'ready',
    `in ${((performance.now() - begun) / 1000).toFixed(1)} s; ${memory ? 'nothing is stored' : `data in ${dataDir}`}`,
  );
};

try {
  await main();
} catch (error) {
  process.stderr.write(`rapport: ${(error as Error).message}\n`);
  process.exit(1);
}
