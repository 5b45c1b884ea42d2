import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'vitest';
import { thisStack } from '../this-stack.ts';
import { world } from '../world.ts';

const command = process.env.SCHEMATHESIS ?? 'schemathesis';

const run = async (args: string[]) => {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', part => (output += part));
  const [code] = await Promise.race([once(child, 'close'), once(child, 'error').then(() => [null])]);
  return { code, output };
};

/** whether replies are as the reference says; whether requests are taken depends on what is stored */
const checks = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_headers_conformance',
  'response_schema_conformance',
];

/** bodies with nested conditions or long lists, which take hours to cover; tuples, which it takes for an error in the schema */
const uncovered = '^/v1/(bulk|calendars|lists|queues|settings|sla-policies|teams|triggers)';

test.for([['examples'], ['coverage', '--exclude-path-regex', uncovered]])(
  'whatever Schemathesis sends, replies are as the reference says: %s',
  { timeout: 900_000 },
  async (phase, { skip }) => {
    if ((await run(['--version'])).code !== 0) skip('Schemathesis is not installed: pip install schemathesis');
    const crm = await world();
    const { code, output } = await run([
      'run',
      `${thisStack().url}/openapi.json`,
      '--header',
      `Authorization: Bearer ${crm.token}`,
      '--phases',
      ...phase,
      '--checks',
      checks.join(','),
      '--generation-deterministic',
      '--continue-on-failure',
      '--no-color',
    ]);
    if (code !== 0) throw new Error(output.slice(output.indexOf('= FAILURES =')));
  },
);
