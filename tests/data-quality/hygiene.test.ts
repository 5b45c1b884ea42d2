import { expect, test } from 'vitest';
import { nextTimeOfDay } from '../../functions/shared/time/time-of-day.ts';
import { slice } from '../messaging/slice.ts';
import { type World, world } from '../world.ts';

type Body = Record<string, unknown>;

const customer = async (crm: World, profile: Body = {}): Promise<{ id: string }> =>
  (await crm.ask('POST /v1/customers', { body: { givenName: 'Ada', ...profile } })).body;

const put = (crm: World, rules: Body[], more: Body = {}) =>
  crm.ask('PUT /v1/settings/hygiene', { body: { rules, ...more } });

const run = async (crm: World) => {
  const reply = await crm.ask('POST /v1/hygiene/run');
  expect(reply.status).toBe(202);
  await crm.idle(90_000);
  const { body } = await crm.ask('GET /v1/jobs/{id}', { params: { id: reply.body.jobId } });
  expect(body.state).toBe('done');
  return body.result.lastRun;
};

const issues = async (crm: World, id: string) =>
  (await crm.ask('GET /v1/customers/{id}/data-issues', { params: { id } })).body.items;

const task = async (crm: World, id: string) => (await crm.ask('GET /v1/activities/{id}', { params: { id } })).body;

const events = async (crm: World, id: string, type: string) =>
  (await crm.ask('GET /v1/customers/{id}/timeline', { params: { id }, query: { type } })).body.items;

const known = async (crm: World, id: string, attribute: string) => {
  const { body } = await crm.ask('GET /v1/customers/{id}/provenance', { params: { id } });
  return body.items.find((one: Body) => one.attribute === attribute);
};

const byYear = {
  id: 'contact-by-year',
  when: { stale: { attributes: ['phone', 'plan'], olderThan: 'P365D' } },
  then: { task: { assignTo: 'abe', dueIn: 'P14D' }, event: true },
  cooldown: 'P30D',
};

test('until rules are set there are suggestions, all off', async () => {
  const crm = await world();
  const { body } = await crm.ask('GET /v1/settings/hygiene');
  expect([body.version, body.rules.length > 3, body.rules.some(({ active }: Body) => active)]).toEqual([
    0,
    true,
    false,
  ]);
  const refused = await crm.ask('POST /v1/hygiene/run');
  expect([refused.status, refused.body.code]).toEqual([409, 'hygiene.no-rules']);
});

test('a value that was not observed for a year gets one issue with one task', async () => {
  const crm = await world();
  await put(crm, [byYear]);
  const old = { provenance: { source: 'erp', observedAt: '2020-01-01T00:00:00Z' } };
  const ada = await customer(crm, { phone: '+6561234567', attributes: { plan: 'gold' }, ...old });
  const eve = await customer(crm, { phone: '+6561234568' });
  const first = await run(crm);
  expect(first).toMatchObject({ looked: 2, rules: { 'contact-by-year': { found: 2, opened: 2, heldBack: 0 } } });
  expect(await issues(crm, eve.id)).toEqual([]);
  const open = await issues(crm, ada.id);
  expect(open.map(({ attribute, state }: Body) => [attribute, state])).toEqual([
    ['attributes.plan', 'open'],
    ['phone', 'open'],
  ]);
  const [plan, phone] = open;
  expect(phone).toMatchObject({
    cause: 'stale',
    rule: 'contact-by-year',
    why: 'last observed or verified on 2020-01-01, longer ago than P365D',
  });
  expect(await task(crm, phone.taskId)).toMatchObject({
    kind: 'task',
    state: 'open',
    customerId: ada.id,
    assignedTo: 'abe',
    subject: 'Verify phone',
  });
  expect((await events(crm, ada.id, 'data-issue.stale')).length).toBe(2);

  // not again while it is open
  expect((await run(crm)).rules['contact-by-year']).toEqual({ found: 2, opened: 0, heldBack: 0 });
  expect((await events(crm, ada.id, 'data-issue.stale')).length).toBe(2);

  // verified: the task is done
  await crm.ask('POST /v1/customers/{id}/verify', {
    params: { id: ada.id },
    body: { attributes: ['phone'], by: 'customer', method: 'call' },
  });
  // changed: the other one too
  await crm.ask('PATCH /v1/customers/{id}', { params: { id: ada.id }, body: { attributes: { plan: 'free' } } });
  await crm.idle();
  expect(await task(crm, phone.taskId)).toMatchObject({ state: 'done', outcome: 'The value was verified.' });
  expect(await task(crm, plan.taskId)).toMatchObject({ state: 'done', outcome: 'The value was changed.' });
  expect((await issues(crm, ada.id)).map(({ state, resolution }: Body) => [state, resolution])).toEqual([
    ['resolved', 'changed'],
    ['resolved', 'verified'],
  ]);
  expect((await events(crm, ada.id, 'data-issue.resolved')).length).toBe(2);
});

test('a task that is closed by hand resolves its issue; another is opened after the cooldown', async () => {
  const crm = await world();
  await put(crm, [{ ...byYear, when: { unverified: { attributes: ['phone'], within: 'P1D' } } }]);
  const ada = await customer(crm, {
    phone: '+6561234567',
    provenance: { source: 'erp', observedAt: '2020-01-01T00:00:00Z' },
  });
  await run(crm);
  const [{ taskId }] = await issues(crm, ada.id);
  await crm.ask('POST /v1/activities/{id}/complete', { params: { id: taskId }, body: { outcome: 'no answer' } });
  await crm.idle();
  expect(await issues(crm, ada.id)).toMatchObject([{ state: 'resolved', resolution: 'task', cause: 'unverified' }]);
  expect((await run(crm)).rules['contact-by-year'].opened).toBe(0);
  await crm.advance('P31D');
  await crm.idle();
  const [again] = await issues(crm, ada.id);
  // the night has done it
  expect(again).toMatchObject({ state: 'open' });
  expect(again.taskId).not.toBe(taskId);
  const { body } = await crm.ask('GET /v1/hygiene');
  expect(body.rules[0]).toEqual({ id: 'contact-by-year', active: true, open: 1, more: false });
  expect(body.lastRun.looked).toBe(1);
  expect(body.nextRun > (await crm.now())).toBe(true);
});

test('all customers are checked, slice by slice, and no more issues opened a night than the rule allows', async () => {
  const crm = await world();
  const where = { attribute: 'attributes.vip', is: true };
  await put(crm, [{ ...byYear, where, mostPerRun: 6, then: { event: true } }]);
  await Promise.all(
    Array.from({ length: 40 }, (_, nth) =>
      customer(crm, {
        phone: '+6561234567',
        attributes: { vip: nth % 2 === 0 },
        provenance: { source: 'erp', observedAt: '2020-01-01T00:00:00Z' },
      }),
    ),
  );
  const first = await run(crm);
  expect(first).toMatchObject({ looked: 40, rules: { 'contact-by-year': { found: 20, opened: 6, heldBack: 14 } } });
  const listed = await crm.ask('GET /v1/data-issues', { query: { rule: 'contact-by-year', limit: 100 } });
  expect(listed.body.items.length).toBe(6);
  expect((await run(crm)).rules['contact-by-year']).toEqual({ found: 20, opened: 6, heldBack: 8 });
});

test('a record that lacks too many required attributes gets an issue until it is completed', async () => {
  const crm = await world();
  const ada = await customer(crm, { phone: '+6561234567' });
  for (const name of ['phone', 'email', 'dateOfBirth']) {
    await crm.ask('PUT /v1/attributes/{name}', { params: { name }, body: { required: true } });
  }
  await put(crm, [{ id: 'complete', when: { incomplete: { below: 60 } }, then: { task: {} } }]);
  await run(crm);
  const [open] = await issues(crm, ada.id);
  expect(open).toMatchObject({
    attribute: 'record',
    cause: 'incomplete',
    why: '33 % of the required attributes are present; missing: email, dateOfBirth',
  });
  await crm.ask('PATCH /v1/customers/{id}', { params: { id: ada.id }, body: { dateOfBirth: '1990-01-01' } });
  await crm.idle();
  expect(await issues(crm, ada.id)).toMatchObject([{ state: 'resolved', resolution: 'changed' }]);
  expect(await task(crm, open.taskId)).toMatchObject({ state: 'done' });
});

test('an address that mail cannot be delivered to loses confidence, gets one issue, and is no longer preferred', async () => {
  const plain = await world();
  const crm = slice(plain);
  await put(plain, [
    {
      id: 'bounced',
      when: { undeliverable: { channel: 'email' } },
      then: { task: {}, event: true, avoidChannel: true },
    },
  ]);
  const ada = await crm.customer({
    email: `bounce+${plain.tenant}@simulator.amazonses.com`,
    preferredChannel: 'email',
    provenance: { verified: { by: 'customer' } },
  });
  await crm.consent(ada.id);
  const before = await known(plain, ada.id, 'email');
  await crm.request(ada.id);
  await plain.idle();
  const after = await known(plain, ada.id, 'email');
  expect([before.confidence > 0.9, after.confidence < 0.1, after.verifiedAt]).toEqual([true, true, null]);
  expect(await issues(plain, ada.id)).toMatchObject([
    { attribute: 'email', cause: 'undeliverable', why: 'smtp; 550 5.1.1 user unknown', rule: 'bounced', state: 'open' },
  ]);
  const { body } = await plain.ask('GET /v1/customers/{id}', { params: { id: ada.id } });
  expect(body.preferredChannel).toBeUndefined();
  expect((await events(plain, ada.id, 'data-issue.undeliverable')).length).toBe(1);
  const starts = await plain.ask('GET /v1/customers/{id}/starts', { params: { id: ada.id } });
  expect(starts.body.letters.accurate.reasons).toContainEqual({
    check: 'deliverable',
    weight: 2,
    score: 0,
    detail: 'messages cannot be delivered: email',
  });
  const [{ taskId }] = await issues(plain, ada.id);
  await plain.ask('PATCH /v1/customers/{id}', {
    params: { id: ada.id },
    body: { email: `ok-${plain.tenant}@example.com` },
  });
  await plain.idle();
  expect(await task(plain, taskId)).toMatchObject({ state: 'done' });
  expect((await known(plain, ada.id, 'email')).confidence).toBeGreaterThan(0.5);
});

test('without a rule a failure opens an issue without a task; a soft bounce opens none', async () => {
  const plain = await world();
  const crm = slice(plain);
  const ada = await crm.customer({ email: `bounce+${plain.tenant}@simulator.amazonses.com` });
  const eve = await crm.customer();
  for (const { id } of [ada, eve]) {
    await crm.consent(id);
    await crm.request(id);
  }
  await plain.idle();
  const [sent] = await crm.messages(eve.id);
  await crm.report('Bounce', sent?.id, { bounce: { bounceType: 'Transient', bounceSubType: 'MailboxFull' } });
  await plain.idle();
  const [marked] = await issues(plain, ada.id);
  expect([marked.cause, marked.state, marked.taskId, marked.rule]).toEqual([
    'undeliverable',
    'open',
    undefined,
    undefined,
  ]);
  expect(await issues(plain, eve.id)).toEqual([]);
  const listed = await plain.ask('GET /v1/data-issues', { query: { rule: 'none' } });
  expect(listed.body.items.length).toBe(1);
});

test('an issue follows its value when two records are merged, and returns when the merge is undone', async () => {
  const crm = await world();
  await put(crm, [{ ...byYear, when: { stale: { attributes: ['phone', 'email'], olderThan: 'P365D' } } }]);
  const old = { provenance: { source: 'erp', observedAt: '2020-01-01T00:00:00Z' } };
  const into = await customer(crm, { email: `into-${crm.tenant}@example.com` });
  const from = await customer(crm, { phone: '+6561234567', email: `from-${crm.tenant}@example.com`, ...old });
  await run(crm);
  expect((await issues(crm, from.id)).length).toBe(2);
  await crm.ask('POST /v1/customers/{id}/merge', { params: { id: into.id }, body: { from: from.id } });
  await crm.idle();
  expect((await issues(crm, into.id)).map(({ attribute }: Body) => attribute)).toEqual(['phone']);
  const { taskId } = (await issues(crm, into.id))[0];
  await crm.ask('POST /v1/customers/{id}/verify', {
    params: { id: into.id },
    body: { attributes: ['phone'], by: 'staff', method: 'call' },
  });
  await crm.idle();
  expect(await task(crm, taskId)).toMatchObject({ state: 'done' });
  await crm.ask('POST /v1/customers/{id}/unmerge', { params: { id: into.id }, body: { from: from.id } });
  await crm.idle();
  expect(await issues(crm, into.id)).toEqual([]);
  expect((await issues(crm, from.id)).map(({ attribute, state }: Body) => [attribute, state])).toEqual([
    ['email', 'open'],
    ['phone', 'resolved'],
  ]);
});

test('the nightly job starts at the time of day in the zone, and ends with the last rule that needs it', async () => {
  const singapore = { at: '02:00', timeZone: 'Asia/Singapore' };
  expect(nextTimeOfDay('2026-11-25T10:00:00.000Z', singapore)).toBe('2026-11-25T18:00:00.000Z');
  expect(nextTimeOfDay('2026-11-25T18:00:00.000Z', singapore)).toBe('2026-11-26T18:00:00.000Z');
  const berlin = { at: '02:30', timeZone: 'Europe/Berlin' };
  expect(nextTimeOfDay('2026-03-28T12:00:00.000Z', berlin)).toBe('2026-03-29T01:00:00.000Z');

  const crm = await world();
  await put(crm, [byYear]);
  const running = async () => {
    const { body } = await crm.ask('GET /v1/jobs', { query: { kind: 'hygiene' } });
    return body.items.map(({ state }: Body) => state);
  };
  expect(await running()).toEqual(['running']);
  await put(crm, [byYear, { ...byYear, id: 'another' }]);
  expect(await running()).toEqual(['running']);
  await put(crm, [byYear], { at: '03:00' });
  expect(await running()).toEqual(['running', 'cancelled']);
  await put(crm, [{ ...byYear, active: false }]);
  expect(await running()).toEqual(['cancelled', 'cancelled']);
  expect((await crm.ask('GET /v1/hygiene')).body.nextRun).toBeNull();
});

test('invalid rules are refused by name', async () => {
  const crm = await world();
  const paths = async (rules: Body[], more: Body = {}) => {
    const { status, body } = await put(crm, rules, more);
    return [status, body.errors?.map(({ path }: { path: string }) => path)];
  };
  expect(await paths([byYear, byYear])).toEqual([422, ['rules']]);
  expect(await paths([{ ...byYear, when: {} }])).toEqual([422, ['rules.0.when']]);
  expect(await paths([{ ...byYear, then: {} }])).toEqual([422, ['rules.0.then']]);
  expect(await paths([{ ...byYear, then: { avoidChannel: true } }])).toEqual([422, ['rules.0.then.avoidChannel']]);
  expect(await paths([{ ...byYear, when: { stale: { attributes: ['a b'], olderThan: 'long' } } }])).toEqual([
    422,
    ['rules.0.when.stale.attributes.0', 'rules.0.when.stale.olderThan'],
  ]);
  expect(await paths([byYear], { at: '25:00', timeZone: 'Moon' })).toEqual([422, ['at', 'timeZone']]);
  const agent = await crm.tokenFor(['agent']);
  const refused = await crm.ask('PUT /v1/settings/hygiene', { body: { rules: [] }, token: agent });
  expect([refused.status, refused.body.code]).toEqual([403, 'scope.missing']);
});
