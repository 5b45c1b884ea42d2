import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { faultOf } from '../../functions/shared/aws/log.ts';
import { slice } from '../messaging/slice.ts';
import { world } from '../world.ts';

test('nothing that is said of a person or by one is in the log', async () => {
  const crm = slice(await world());
  const canary = `zq${crm.tenant}`;
  const [email, phone] = [`${canary}@example.com`, '+6561239876'];
  const ada = await crm.customer({
    email,
    phone,
    givenName: canary,
    familyName: `${canary}son`,
    externalId: canary,
    dateOfBirth: '1931-07-19',
    address: { line1: `1 ${canary} Way`, postcode: canary.slice(0, 20), country: 'SG' },
    identifiers: { national: canary },
    attributes: { note: canary },
  });
  await crm.consent(ada.id);
  const template = await crm.template({ body: '<p>{{ customer.name }} {{ customer.attributes.note }}</p>' });
  await crm.trigger(template.id);
  await crm.happen(ada.id);
  const queries: Record<string, string>[] = [
    { email },
    { phone },
    { externalId: canary },
    { q: canary },
    { wrong: canary },
  ];
  for (const query of queries) await crm.ask('GET /v1/customers', { query });
  const { body: writeKey } = await crm.ask('POST /v1/write-keys', { body: { name: 'shop' } });
  const traits = { email, firstName: canary, phone };
  const authorization = `Basic ${Buffer.from(`${writeKey.key}:`).toString('base64')}`;
  const tracked = { userId: canary, event: canary, traits, properties: { canary }, context: { ip: '203.0.113.77' } };
  for (const path of ['identify', 'track', 'page', 'group'])
    await crm.ask(`POST /v1/${path}`, { token: null, headers: { authorization }, body: tracked });
  await crm.ask('GET /pixel/v1/track', {
    token: null,
    query: { writeKey: writeKey.key, userId: canary, event: canary },
  });
  const opened = { from: { email: `x${email}`, name: canary }, subject: canary, description: canary };
  await crm.ask('POST /v1/cases', { body: { ...opened, type: 'complaint', channel: 'web' } });
  await crm.ask('POST /v1/leads', { body: { contact: { email: `y${email}`, name: canary }, interest: canary } });
  await crm.put('identify', { userId: canary, traits });
  // refused
  await crm.ask('POST /v1/customers', { body: { email } });
  await crm.ask('POST /v1/customers', { body: { email: canary, phone: canary, [canary]: canary } });
  await crm.ask('POST /v1/customers', { body: `{"email": ${canary}` });
  await crm.ask('GET /v1/customers/{id}', { params: { id: canary } });
  await crm.ask(`GET /v1/nowhere/${canary}`);
  await crm.idle();
  const mails = await crm.outbox(email);
  expect(mails.length).toBeGreaterThan(0);
  const link = mails.at(-1)?.headers.find(({ name }: { name: string }) => name === 'List-Unsubscribe').value as string;
  const path = new URL(link.slice(1, -1)).pathname;
  await crm.ask(`GET ${path}`, { token: null });

  await sleep(300); // the log is written beside
  const log = readFileSync(join(crm.dataDir, 'runtime.log'), 'utf8');
  expect(log).toContain('GET /v1/customers/{id}');
  const secrets = [canary, '61239876', '1931-07-19', '203.0.113.77', writeKey.key, path.split('/').at(-1) as string];
  expect(secrets.filter(secret => log.toLowerCase().includes(secret.toLowerCase()))).toEqual([]);
});

const thrown = (run: () => unknown) => {
  try {
    return run();
  } catch (error) {
    return error;
  }
};

test('of an error that quotes what was sent, nothing of it is logged', () => {
  const named = (name: string, message: string) => Object.assign(new Error(message), { name });
  const errors = [
    thrown(() => JSON.parse('{"name":"Ada Canary" "x"}')),
    named('AccessDeniedException', 'not allowed on resource arn:aws:ses:x:1:identity/canary@example.com'),
    named('ValidationException', 'BETWEEN: lower bound operand: AttributeValue: {S:Ada Canary}'),
    named('ValidationException', "Value 'Ada Canary' at 'name' failed to satisfy constraint"),
    Object.assign(named('ZodError', '[{"input":"Canary"}]'), {
      issues: [{ path: ['data', 'email'], code: 'too_big' }],
    }),
  ];
  for (const error of errors) expect(JSON.stringify(faultOf(error))).not.toMatch(/canary/i);
  expect(faultOf(errors.at(-1))).toMatchObject({ error: 'ZodError', detail: 'data.email: too_big' });
  expect(faultOf(new Error('our own words'))).toMatchObject({ detail: 'our own words' });
});
