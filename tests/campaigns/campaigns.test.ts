import { expect, test } from 'vitest';
import { campaigning } from './campaign-world.ts';

test('a campaign sends once to everybody in its audience but the holdout, whose decision names it; results add up', async () => {
  const crm = await campaigning();
  const people = await crm.audience(40);
  const id = await crm.launch({ holdout: 0.3, goal: { event: 'order.created', within: 'P7D' } });
  await crm.idle();
  const sent = await crm.sentTo(people);
  const spared = people.filter((_, nth) => sent[nth] === 0);
  expect(sent.every(count => count <= 1)).toBe(true);
  expect(spared.length).toBeGreaterThan(2);
  const [decision] = await crm.decisions(spared[0]!.id, 'campaign');
  expect(decision).toMatchObject({ outcome: 'holdout', cause: id });
  expect(decision?.reasons[0]).toContain('holdout');
  const { variants, control } = await crm.results(id);
  expect(variants).toMatchObject([{ audience: 40 - spared.length, sent: 40 - spared.length }]);
  expect(control).toMatchObject({ audience: spared.length, sent: 0 });
  expect(await crm.read(id)).toMatchObject({ state: 'done' });

  const reached = people.find((_, nth) => sent[nth] === 1)!;
  expect((await crm.order(reached.id)).status).toBe(201);
  expect((await crm.order(reached.id)).status).toBe(201);
  expect((await crm.order(spared[0]!.id, 4_000)).status).toBe(201);
  await crm.idle();
  const after = await crm.results(id);
  expect(after.variants[0]).toMatchObject({ converted: 1, revenue: { amount: 10_000, currency: 'SGD' } });
  expect(after.control).toMatchObject({ converted: 1, revenue: { amount: 4_000, currency: 'SGD' } });
  expect(after.variants[0].lift).toBeCloseTo(1 / (40 - spared.length) - 1 / spared.length);
  const again = await crm.command(id, 'launch');
  expect([again.status, again.body.code]).toEqual([409, 'campaign.launched-before']);
});

test('a plan is checked as a whole; a draft is changed and deleted, and what was launched is not', async () => {
  const crm = await campaigning();
  const ask = async (more: Record<string, unknown>) => (await crm.plan(more)).body.errors;
  expect(await ask({ audience: undefined })).toEqual([
    { path: 'audience', message: 'give either segmentId or audience' },
  ]);
  expect(
    await ask({ audience: { if: { attribute: 'kind', is: 'person' }, listId: 'list_00000000000000000000000000' } }),
  ).toEqual([{ path: 'audience', message: 'must have exactly one of segmentId, listId, if' }]);
  expect(
    await ask({
      audience: { listId: 'list_00000000000000000000000000' },
      variants: [{ templateId: 'tpl_00000000000000000000000000' }],
      goal: { event: 'message.sent', within: 'P1D' },
    }),
  ).toEqual([
    { path: 'audience.listId', message: 'there is no list list_00000000000000000000000000' },
    { path: 'variants.0.templateId', message: 'there is no template tpl_00000000000000000000000000' },
    { path: 'goal.event', message: 'message.sent is no sign of what a customer does' },
  ]);
  expect(
    await ask({ budget: { amount: 1, currency: 'SGD' }, costs: { fixed: { amount: 1, currency: 'EUR' } } }),
  ).toEqual([{ path: 'costs', message: 'must be in one currency, also of the budget: SGD, EUR' }]);
  const { id, variants, warnings } = (await crm.plan({ offer: 'A test drive', topic: 'undeclared' })).body;
  expect(warnings).toMatchObject([{ path: 'topic' }]);
  const twice = await crm.plan({ variants: [variants[0], variants[0]], topic: 'undeclared' });
  expect(twice.body.warnings).toMatchObject([{ path: 'topic' }]);
  expect((await crm.ask('DELETE /v1/campaigns/{id}', { params: { id: twice.body.id } })).status).toBe(200);
  const change = (body: unknown) => crm.ask('PATCH /v1/campaigns/{id}', { params: { id }, body });
  expect((await change({ holdout: 0.2, offer: null })).body).toMatchObject({ holdout: 0.2, version: 2 });
  expect(await crm.read(id)).not.toHaveProperty('offer');
  expect((await crm.command(id, 'pause')).body.code).toBe('campaign.not-running');
  expect((await crm.command(id, 'launch')).body).toMatchObject({ state: 'running' });
  expect((await change({ holdout: 0.3 })).body.code).toBe('campaign.not-draft');
  expect((await crm.ask('DELETE /v1/campaigns/{id}', { params: { id } })).body.code).toBe('campaign.not-draft');
  const other = (await crm.plan()).body.id;
  expect((await crm.ask('DELETE /v1/campaigns/{id}', { params: { id: other } })).status).toBe(200);
  const { items } = (await crm.ask('GET /v1/campaigns')).body;
  expect(items.map((one: { id: string }) => one.id)).toEqual([id]);
});

test('a plan that cannot do what it says is refused in its place, or says so', async () => {
  const crm = await campaigning();
  const budget = { amount: 100, currency: 'SGD' };
  const goal = { event: 'order.completed', within: 'P0D' };
  const audience = { if: { all: [] }, contacts: { type: 'nobody' } };
  const errors = async (more: Record<string, unknown>) => (await crm.plan(more)).body.errors;
  expect(await errors({ goal })).toEqual([{ path: 'goal.within', message: 'must be longer than zero' }]);
  expect(await errors({ audience })).toMatchObject([{ path: 'audience.contacts.type' }]);
  const warned = async (more: Record<string, unknown>) =>
    ((await crm.plan(more)).body.warnings ?? []).map(({ path }: { path: string }) => path);
  expect(await warned({ budget })).toContain('budget');
  expect(await warned({ budget, costs: { perMessage: { amount: 5, currency: 'SGD' } } })).not.toContain('budget');
});

test('where approval is required a campaign is submitted and approved before it is launched', async () => {
  const crm = await campaigning();
  await crm.ask('PUT /v1/settings/campaigns', { body: { approval: 'required' } });
  const { id } = (await crm.plan()).body;
  expect((await crm.command(id, 'launch')).body.code).toBe('campaign.not-approved');
  expect((await crm.command(id, 'approve')).body.code).toBe('campaign.not-submitted');
  expect((await crm.command(id, 'submit')).body).toMatchObject({ state: 'submitted' });
  expect((await crm.command(id, 'launch')).body.code).toBe('campaign.not-approved');
  expect((await crm.command(id, 'reject', { reason: 'too dear' })).body).toMatchObject({
    state: 'draft',
    rejected: 'too dear',
  });
  await crm.command(id, 'submit');
  const marketer = await crm.tokenFor(['marketer']);
  const approve = (token?: string) =>
    crm.ask('POST /v1/campaigns/{id}/approve', { params: { id }, ...(token ? { token } : {}) });
  expect((await approve(marketer)).status).toBe(403);
  expect((await approve()).body).toMatchObject({ state: 'approved' });
  expect((await crm.command(id, 'launch')).body).toMatchObject({ state: 'running' });
});

test('a cancelled campaign sends nothing and is not resumed; one from the bus is launched once', async () => {
  const crm = await campaigning();
  const people = await crm.audience(3);
  const later = new Date(Date.parse(await crm.now()) + 86_400_000).toISOString();
  const id = await crm.launch({ startAt: later });
  await crm.idle();
  expect((await crm.results(id)).variants).toMatchObject([{ audience: 3, sent: 0 }]);
  expect((await crm.command(id, 'pause')).body).toMatchObject({ state: 'paused' });
  expect((await crm.command(id, 'resume')).body).toMatchObject({ state: 'running' });
  expect((await crm.command(id, 'cancel')).body).toMatchObject({ state: 'cancelled' });
  expect((await crm.command(id, 'resume')).body.code).toBe('campaign.over');
  expect((await crm.command(id, 'launch')).status).toBe(409);

  const other = (await crm.plan()).body.id;
  await crm.put('campaign.launch', { campaignId: other });
  await crm.put('campaign.launch', { campaignId: other });
  await crm.put('campaign.launch', { campaignId: 'cmp_00000000000000000000000000' });
  await crm.idle();
  expect(await crm.sentTo(people)).toEqual([1, 1, 1]);
  expect(await crm.read(other)).toMatchObject({ state: 'done' });
});

test('people of the organisations in the audience are reached by their role, each once', async () => {
  const crm = await campaigning();
  const organisations = [];
  for (const name of ['Fleet Ltd', 'Rent Ltd']) {
    const body = { kind: 'organisation', name, attributes: { industry: 'fleet' } };
    organisations.push((await crm.ask('POST /v1/customers', { body })).body.id as string);
  }
  const people = await crm.audience(3);
  const employ = (nth: number, to: string | undefined, role: string) =>
    crm.ask('POST /v1/customers/{id}/relationships', {
      params: { id: people[nth]!.id },
      body: { type: 'employer', to, role },
    });
  for (const to of organisations) expect((await employ(0, to, 'Buyer')).status).toBe(201);
  await employ(1, organisations[0], 'driver');
  const id = await crm.launch({
    audience: { if: { attribute: 'attributes.industry', is: 'fleet' }, contacts: { roles: ['buyer'] } },
  });
  await crm.idle();
  expect(await crm.sentTo(people)).toEqual([1, 0, 0]);
  expect((await crm.results(id)).variants).toMatchObject([{ audience: 1, sent: 1 }]);
});

test('who was merged gets one message, who was erased none, and who refused is skipped and stays in the audience', async () => {
  const crm = await campaigning();
  const people = await crm.audience(4);
  const [ada, twin, gone, shy] = people as [
    (typeof people)[0],
    (typeof people)[0],
    (typeof people)[0],
    (typeof people)[0],
  ];
  await crm.consent(shy.id, 'withdrawn');
  const { id: listId } = (await crm.ask('POST /v1/lists', { body: { name: 'All', kind: 'static' } })).body;
  const customers = people.map(({ id }) => id);
  await crm.ask('POST /v1/lists/{id}/members', { params: { id: listId }, body: { customers } });
  const later = new Date(Date.parse(await crm.now()) + 3_000).toISOString();
  const id = await crm.launch({ audience: { listId }, send: { at: later } });
  await crm.idle();
  expect((await crm.results(id)).variants[0]).toMatchObject({ audience: 4, sent: 0 });
  expect(
    (await crm.ask('POST /v1/customers/{id}/merge', { params: { id: ada.id }, body: { from: twin.id } })).status,
  ).toBe(200);
  expect(
    (await crm.ask('POST /v1/customers/{id}/erase', { params: { id: gone.id }, body: { reason: 'asked' } })).status,
  ).toBe(202);
  await crm.idle();
  await new Promise(resolve => setTimeout(resolve, 3_500));
  await crm.idle();
  expect(await crm.sentTo(people)).toEqual([1, 0, 0, 0]);
  expect((await crm.results(id)).variants[0]).toMatchObject({ audience: 3, sent: 1, skipped: 1 });
});

test('reports are counted once, in whatever order they come; what a scanner does is not', async () => {
  const crm = await campaigning();
  const people = await crm.audience(3);
  const id = await crm.launch();
  await crm.idle();
  const messageOf = async (nth: number) => (await crm.messages(people[nth]!.id))[0]!.id as unknown as string;
  for (const type of ['Click', 'Open', 'Open', 'Delivery']) await crm.report(type, await messageOf(0));
  await crm.report('Bounce', await messageOf(1), { bounce: { bounceType: 'Permanent' } });
  await crm.report('Complaint', await messageOf(2), { complaint: {} });
  await crm.idle();
  expect((await crm.results(id)).variants[0]).toMatchObject({
    audience: 3,
    sent: 3,
    delivered: 3,
    opened: 1,
    clicked: 1,
    bounced: 1,
    complained: 1,
  });
});

test('a campaign to a segment waits until that is built, and keeps it from being deleted until it is over', async () => {
  const crm = await campaigning();
  const people = await crm.audience(20, nth => ({ address: { country: nth % 2 ? 'SG' : 'DE' } }));
  const body = { name: 'Singapore', condition: { attribute: 'address.country', is: 'SG' } };
  const { id: segmentId } = (await crm.ask('POST /v1/segments', { body })).body;
  const id = await crm.launch({ audience: undefined, segmentId, holdout: 0.5 });
  await crm.idle();
  const { variants, control } = await crm.results(id);
  expect(variants[0].audience + control.audience).toBe(10);
  expect((await crm.sentTo(people)).filter(count => count === 1)).toHaveLength(variants[0].sent);
  const planned = (await crm.plan({ audience: { segmentId } })).body;
  const removed = () => crm.ask('DELETE /v1/segments/{id}', { params: { id: segmentId } });
  expect((await removed()).status).toBe(409);
  await crm.command(planned.id, 'cancel');
  expect((await removed()).status).toBe(200);
  const errors = (await crm.plan({ audience: { segmentId } })).body.errors;
  expect(errors).toEqual([{ path: 'audience.segmentId', message: `there is no segment ${segmentId}` }]);
});

test('a paused campaign sends nothing of what waits; all of it requested, the campaign can still be cancelled', async () => {
  const crm = await campaigning();
  const people = await crm.audience(2);
  await crm.settings({ coolDown: 'P1D' });
  for (const { id } of people) await crm.request(id);
  await crm.idle();
  const its = async (id: string) =>
    (await Promise.all(people.map(one => crm.messages(one.id)))).flat().filter(one => one.campaignId === id);
  const id = await crm.launch({ send: { perMinute: 1 } });
  await crm.idle();
  expect(await its(id)).toMatchObject([{ state: 'held' }]);
  expect((await crm.command(id, 'pause')).status).toBe(200);
  await crm.idle();
  await crm.advance('P2D');
  await crm.idle();
  const paused = expect.stringMatching(/^the campaign is paused since/);
  expect(await its(id)).toMatchObject([{ state: 'held', reason: paused }]);
  await crm.command(id, 'resume');
  await crm.idle();
  await crm.advance('PT2M');
  await crm.idle();
  expect((await its(id)).map(({ state }) => state)).toEqual(['delivered', 'delivered']);
  expect((await crm.command(id, 'cancel')).body.code).toBe('campaign.over');

  const late = await crm.launch({ name: 'Late' });
  await crm.idle();
  expect(await crm.read(late)).toMatchObject({ state: 'done' });
  expect((await its(late)).map(({ state }) => state)).toEqual(['held', 'held']);
  expect((await crm.command(late, 'cancel')).body).toMatchObject({ state: 'cancelled' });
  await crm.idle();
  await crm.advance('P2D');
  await crm.idle();
  expect((await its(late)).map(({ state }) => state)).toEqual(['skipped', 'skipped']);
});
