import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { events } from '#declared/events.ts';
import * as contexts from '../../functions/contexts.ts';
import { areasOfNouns } from '../../functions/customers/event-areas.ts';
import { lacking, roles, scopes } from '../../functions/shared/http/roles.ts';
import { roleTables } from '../../lib/docs/roles.ts';
import { operationsOf, paramsOf } from '../../lib/openapi/operations.ts';
import { type World, world } from '../world.ts';

const guarded = operationsOf(contexts).filter(({ route }) => route.auth === 'token');

// it can be read by none and changes nothing: who is let in gets as far as the parser, or to a thing that is not there
const harmless = (body: unknown) => (body ? { body: '[' } : {});

const params = {
  id: 'nothing-there',
  userId: 'nothing-there',
  channel: 'email',
  topic: 'news',
};

const names = Object.keys(roles);

test('the table of roles in the documentation is that of the code', () => {
  expect(readFileSync('docs/security.md', 'utf8').replaceAll('\r\n', '\n')).toContain(roleTables());
});

/** scopes of areas that have no such route yet */
const unused = ['tracking.write', 'messages.write'];

test('every scope is needed by some route', () => {
  const needed = new Set(guarded.flatMap(({ route }) => [route.scope, ...(route.also ?? [])]));
  expect(scopes.filter(scope => !needed.has(scope) && !unused.includes(scope))).toEqual([]);
  expect(new Set(scopes).size).toBe(scopes.length);
  for (const held of Object.values(roles)) expect(scopes).toEqual(expect.arrayContaining(held));
});

test('no scope but those of settings and customers guards more than thirty routes', () => {
  const count = (scope: string) => guarded.filter(({ route }) => route.scope === scope).length;
  expect(scopes.filter(scope => !/^(settings|customers)\./.test(scope) && count(scope) > 30)).toEqual([]);
});

const holders = (scope: string) => names.filter(role => roles[role]?.includes(scope as never));

test('what costs money, data or identity is held by few', () => {
  expect(holders('finance.write')).toEqual(['admin', 'finance']);
  expect(holders('tokens.write')).toEqual(['admin']);
  expect(holders('privacy.read')).toEqual(['admin']);
  expect(holders('privacy.write')).toEqual(['admin']);
  expect(holders('settings.admin')).toEqual(['admin']);
  expect(holders('messages.confidential')).toEqual(['admin', 'agent']);
  expect(holders('documents.read')).toEqual(['admin', 'sales', 'agent', 'finance']);
});

/** the nouns of events that are about the customer itself, or about no customer */
const ofCustomers =
  'customer consent contact identity value-conflict proposal data-issue inactive-customer attribute topic purpose';
const ofNoCustomer = `agent queue category priority-settings calendar sla-policy business-hours bulk preference-settings matching-settings export
  hygiene-settings quality import import-schedule job list portal-settings customer-settings relationship-type event
  retention-settings retention team staff template tracking-settings tag messaging-settings bus-settings suppression
  product price-book tax exchange-rates gift-card campaign-settings placement brand sending
   ad-spend appointment-type territory programme subscription delivery approval-policy order-settings mailbox
  macro case-type assignment-rule letters help-centre`;

test('the events of every noun belong to an area', () => {
  const nouns = new Set(events.map(({ name }) => name.split('.')[0] ?? ''));
  const known = [...ofCustomers.split(/\s+/), ...ofNoCustomer.split(/\s+/), ...Object.keys(areasOfNouns)];
  expect([...nouns].filter(noun => !known.includes(noun))).toEqual([]);
  expect(Object.keys(areasOfNouns).filter(noun => !nouns.has(noun))).toEqual([]);
});

const refused = async (crm: World, token: string, { route }: (typeof guarded)[number]) => {
  const { status, body } = await crm.ask(route.key, { token, params, ...harmless(route.body) });
  return { status, kept: status === 403 && body.code === 'scope.missing' };
};

// who is let in is decided by `lacking` alone: each route is called by two roles, each role calls a third of the routes
test.each(names)('%s is kept out exactly where its scopes do not reach', async role => {
  const crm = await world();
  const token = await crm.tokenFor([role]);
  const held = new Set<string>(roles[role]);
  const nth = names.indexOf(role);
  const called = guarded.filter((_, at) => (at + nth) % 3 === 0);
  const wrong: string[] = [];
  for (let at = 0; at < called.length; at += 8) {
    await Promise.all(
      called.slice(at, at + 8).map(async one => {
        const { status, kept } = await refused(crm, token, one);
        if (kept !== lacking(one.route, held).length > 0 || status >= 500) wrong.push(`${one.route.key}: ${status}`);
      }),
    );
  }
  expect(wrong).toEqual([]);
});

test('roles that there are not, and names that every object has, give no scope', async () => {
  const crm = await world();
  const token = await crm.tokenFor(['__proto__', 'constructor', 'toString', 'Admin', 'admin2']);
  for (const one of guarded.filter(({ route }, at) => at % 5 === 0 && route.scope)) {
    expect([one.route.key, (await refused(crm, token, one)).kept]).toEqual([one.route.key, true]);
  }
});

test('without a token nothing is answered', async () => {
  const crm = await world();
  const asked = guarded.map(async ({ route }) => {
    const { status } = await crm.ask(route.key, { token: null, params, ...harmless(route.body) });
    return status === 401 ? [] : [`${route.key}: ${status}`];
  });
  expect((await Promise.all(asked)).flat()).toEqual([]);
});

/** a record of each of these kinds, by the path of its routes */
const recordsOf = async (crm: World): Promise<Record<string, string>> => {
  const made = async (key: string, body: object, asked: object = {}) => {
    const reply = await crm.ask(key, { body, ...asked });
    expect([key, reply.status]).toEqual([key, 201]);
    return reply.body.id as string;
  };
  const customers = await made('POST /v1/customers', { givenName: 'Ada', email: `ada.${crm.tenant}@example.com` });
  const of = { customerId: customers };
  return {
    customers,
    activities: await made('POST /v1/activities', { ...of, kind: 'note', subject: 'She calls back' }),
    documents: await made('POST /v1/documents', { ...of, name: 'Certificate.pdf' }),
    cases: await made('POST /v1/cases', { ...of, subject: 'Brakes', type: 'enquiry', channel: 'web' }),
    leads: await made('POST /v1/leads', of),
    lists: await made('POST /v1/lists', { name: 'Own', kind: 'static', sharedWith: ['all'] }),
    templates: await made('POST /v1/templates', { name: 'Hello', channel: 'sms', body: 'Hello' }),
  };
};

const versionsOf = async (crm: World, records: Record<string, string>): Promise<number[]> =>
  Promise.all(
    Object.entries(records).map(async ([path, id]) => {
      const { body } = await crm.ask(`GET /v1/${path}/{id}`, { params: { id } });
      return body.version;
    }),
  );

test('no role of another tenant finds a record, by whatever route, or changes one', async () => {
  const [crm, other] = [await world(), await world()];
  const records = await recordsOf(crm);
  await crm.idle();
  const before = await versionsOf(crm, records);
  const ofRecords = guarded.flatMap(({ route, path }) => {
    const id = records[path.split('/')[2] ?? ''];
    return id && paramsOf(path).includes('id') ? [{ route, id }] : [];
  });
  expect(ofRecords.length).toBeGreaterThan(70);
  const found: string[] = [];
  for (const role of names) {
    const token = await other.tokenFor([role]);
    // what a role may not do at all is in the matrix above
    const allowed = ofRecords.filter(({ route }) => !lacking(route, new Set(roles[role])).length);
    for (let at = 0; at < allowed.length; at += 8) {
      await Promise.all(
        allowed.slice(at, at + 8).map(async ({ route, id }) => {
          const { status } = await other.ask(route.key, { token, params: { ...params, id }, body: route.example });
          if (status < 400 || status >= 500) found.push(`${role}: ${route.key}: ${status}`);
        }),
      );
    }
  }
  expect(found).toEqual([]);
  expect(await versionsOf(crm, records)).toEqual(before);
});
