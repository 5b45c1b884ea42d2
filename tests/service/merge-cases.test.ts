import { expect, test } from 'vitest';
import { world } from '../world.ts';
import { desk } from './desk-world.ts';

const company = async () => {
  const crm = desk(await world());
  await crm.agent('ben');
  await crm.policy('all', { name: 'All', rank: 1, firstResponse: 'PT4H', resolution: 'P2D' });
  const { id: customerId } = await crm.customer();
  const open = async (fields: object = {}) => {
    const { id } = await crm.open({ customerId, ...fields });
    await crm.idle();
    return crm.read(id);
  };
  return { ...crm, customerId, opened: open };
};

test('an unanswered case merged into a resolved one reopens it, with its messages, its agent and its clocks', async () => {
  const crm = await company();
  const old = await crm.opened({ description: 'It squeals' });
  await crm.done(crm.tell(old.id, 'reply', { body: 'New pads' }));
  await crm.done(crm.tell(old.id, 'resolve'));
  await crm.advance('P1D');
  const fresh = await crm.opened({ description: 'It squeals again', priority: 'high' });
  await crm.agent('ben', { capacity: 9 });
  await crm.advance('PT1H');
  await crm.done(crm.tell(fresh.id, 'merge', { into: old.id }));
  await crm.idle();
  const { firstResponseDueAt, resolutionDueAt } = fresh.sla;
  expect(await crm.read(old.id)).toMatchObject({
    status: 'assigned',
    agentId: 'ben',
    priority: 'high',
    resolvedAt: null,
    sla: { firstResponseDueAt, firstRespondedAt: null, resolutionDueAt, breached: [] },
  });
  expect(await crm.readAgent('ben')).toMatchObject({ load: 1 });
  expect((await crm.thread(old.id)).map(({ kind, body }) => [kind, body])).toEqual([
    ['note', expect.stringContaining(fresh.number)],
    ['inbound', 'It squeals again'],
    ['reply', 'New pads'],
    ['inbound', 'It squeals'],
  ]);
  await crm.advance('PT4H');
  await crm.idle();
  expect((await crm.read(old.id)).sla.breached).toEqual(['firstResponse']);
  expect(await crm.read(fresh.id)).toMatchObject({ status: 'closed', mergedInto: old.id, sla: { breached: [] } });
});

test('an unanswered case merged into one that waits for the customer: that is to be answered, by the earlier promise', async () => {
  const crm = await company();
  const old = await crm.opened();
  await crm.done(crm.tell(old.id, 'reply', { body: 'Which one?' }));
  await crm.advance('PT10H');
  const fresh = await crm.opened({ description: 'The red one' });
  await crm.done(crm.tell(fresh.id, 'merge', { into: old.id }));
  await crm.idle();
  const merged = await crm.read(old.id);
  expect(merged).toMatchObject({ status: 'assigned', sla: { firstRespondedAt: null, pausedAt: null } });
  expect(merged.sla.firstResponseDueAt).toBe(fresh.sla.firstResponseDueAt);
  // the time that the first case waited does not count
  const left = Date.parse(merged.sla.resolutionDueAt) - Date.parse(await crm.now());
  expect(left / 3_600_000).toBeCloseTo(48, 1);
  await crm.advance('PT5H');
  await crm.idle();
  expect((await crm.read(old.id)).sla.breached).toEqual(['firstResponse']);
});

test('a resolved case merged into an open one adds its messages only', async () => {
  const crm = await company();
  const [one, two] = [await crm.opened({ description: 'First' }), await crm.opened({ description: 'Second' })];
  await crm.done(crm.tell(one.id, 'resolve'));
  await crm.done(crm.tell(one.id, 'merge', { into: two.id }));
  const { workingSeconds: _, ...sla } = two.sla;
  expect(await crm.read(two.id)).toMatchObject({ status: 'assigned', sla });
  expect((await crm.thread(two.id)).map(({ body }) => body)).toContain('First');
  expect(await crm.readAgent('ben')).toMatchObject({ load: 1 });
});

test('a case with more messages than a transaction takes is merged whole', async () => {
  const crm = await company();
  const [one, two] = [await crm.opened(), await crm.opened()];
  for (let nth = 0; nth < 130; nth++) await crm.done(crm.tell(two.id, 'note', { body: `Note ${nth}` }));
  await crm.done(crm.tell(two.id, 'merge', { into: one.id }));
  const found = new Set<string>();
  let cursor: string | undefined;
  do {
    const query = { limit: 100, ...(cursor ? { cursor } : {}) };
    const page = await crm.done(crm.ask('GET /v1/cases/{id}/messages', { params: { id: one.id }, query }));
    for (const { body } of page.items) found.add(body);
    cursor = page.nextCursor;
  } while (cursor);
  expect(found.size).toBe(132);
});
