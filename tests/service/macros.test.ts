import { beforeAll, describe, expect, test } from 'vitest';
import { world } from '../world.ts';
import { desk } from './desk-world.ts';

let crm: ReturnType<typeof desk>;
beforeAll(async () => {
  crm = desk(await world());
  await crm.agent('ben', { capacity: 50 });
});

const put = (id: string, actions: object[]) =>
  crm.ask('PUT /v1/macros/{id}', { params: { id }, body: { name: id, actions } });
const faults = ({ status, body }: Awaited<ReturnType<typeof put>>) => [
  status,
  ...(body.errors ?? []).map(({ path }: { path: string }) => path),
];
const opened = async (fields: object = {}) => {
  const customer = await crm.customer();
  const { id } = await crm.open({ customerId: customer.id, ...fields });
  await crm.idle();
  return { id, customer };
};

describe('macros', () => {
  test('all actions are done in one transaction, with those of the macros they name, in their order', async () => {
    await put('greet', [{ reply: { body: 'Your refund is on its way.' } }]);
    const saved = await put('refund', [
      ...[
        { set: { priority: 'high', severity: 'minor' } },
        { tag: 'refund' },
        { note: { body: 'refunded' } },
        { macro: 'greet' },
      ],
      { resolve: { resolution: 'Refunded' } },
    ]);
    expect(saved.status).toBe(201);
    const { id, customer } = await opened();
    const before = await crm.read(id);
    const after = await crm.done(crm.tell(id, 'macro', { id: 'refund' }));
    expect(after).toMatchObject({
      ...{ status: 'resolved', priority: 'high', severity: 'minor', tags: ['refund'], resolution: 'Refunded' },
      version: before.version + 1,
      sla: { firstRespondedAt: expect.any(String) },
    });
    await crm.idle();
    expect((await crm.thread(id)).map(({ kind }) => kind)).toEqual(expect.arrayContaining(['reply', 'note']));
    expect(
      (await crm.outbox(customer.email)).filter(({ text }) => text?.includes('refund is on its way')),
    ).toHaveLength(1);
    expect(await crm.readAgent('ben')).toMatchObject({ load: expect.any(Number) });
    // what a closed case does not allow is refused, and nothing of it is done
    const again = await crm.tell(id, 'macro', { id: 'refund' });
    expect(again.status).toBe(409);
    expect((await crm.thread(id)).filter(({ kind }) => kind === 'note')).toHaveLength(1);
  });

  test('a ring, what does not exist, and what can never work are refused at their places', async () => {
    await put('a', [{ tag: 'a' }]);
    await put('b', [{ macro: 'a' }]);
    expect(faults(await put('a', [{ tag: 'x' }, { macro: 'b' }]))).toEqual([422, 'actions.1.macro']);
    expect(faults(await put('self', [{ macro: 'self' }]))).toEqual([422, 'actions.0.macro']);
    expect(faults(await put('c', [{ macro: 'none' }]))).toEqual([422, 'actions.0.macro']);
    expect(faults(await put('c', [{ assign: { queue: 'none' } }]))).toEqual([422, 'actions.0.assign.queue']);
    expect(faults(await put('c', [{ resolve: true }, { assign: { agentId: 'ben' } }]))).toEqual([422, 'actions']);
    expect(faults(await put('c', [{ tag: 'a', note: { body: 'b' } }]))).toEqual([422, 'actions.0']);
    const { id } = await opened();
    expect((await crm.tell(id, 'macro', { id: 'none' })).status).toBe(404);
  });

  test('a stale version is refused', async () => {
    await put('mark', [{ tag: 'mark' }]);
    const { id } = await opened();
    const run = (version: number) =>
      crm.ask('POST /v1/cases/{id}/macro', {
        params: { id },
        body: { id: 'mark' },
        headers: { 'if-match': `"${version}"` },
      });
    const { version } = await crm.read(id);
    expect((await run(version - 1)).status).toBe(412);
    expect(await run(version)).toMatchObject({ status: 200, body: { tags: ['mark'] } });
  });
});

describe('escalations', () => {
  test('a policy says what is done before and after a due time; what the case does not allow is left out, with the reason', async () => {
    const own = desk(await world());
    await own.agent('ben', { capacity: 9 });
    await own.agent('full', { capacity: 0 });
    await own.done(own.ask('PUT /v1/teams/{id}', { params: { id: 'leads' }, body: { name: 'Leads' } }));
    await own.queue('vip', { name: 'VIP', match: { attribute: 'tags', is: 'vip' }, skills: ['vip'] });
    await own.done(
      own.ask('PUT /v1/macros/{id}', { params: { id: 'mark' }, body: { name: 'Mark', actions: [{ tag: 'late' }] } }),
    );
    await own.policy('all', {
      ...{ name: 'All', rank: 1, firstResponse: 'PT4H', warnBefore: 'PT1H' },
      escalations: [
        { on: 'warning', do: [{ notify: { team: 'leads' } }] },
        {
          on: 'breach',
          clock: 'firstResponse',
          do: [{ assign: { agentId: 'full' } }, { macro: 'mark' }, { assign: { queue: 'vip' } }],
        },
      ],
    });
    const customer = await own.customer();
    const { id } = await own.open({ customerId: customer.id, priority: 'normal' });
    await own.idle();
    await own.advance('PT3H1M');
    await own.idle();
    expect((await own.timeline(customer.id)).filter(({ type }) => type === 'case.team-notified')).toMatchObject([
      { data: { team: 'leads', on: 'warning', clock: 'firstResponse' } },
    ]);
    await own.advance('PT1H');
    await own.idle();
    expect(await own.read(id)).toMatchObject({
      ...{ status: 'queued', queue: 'vip', agentId: null, priority: 'normal', tags: ['late'] },
      sla: { breached: ['firstResponse'], warned: ['firstResponse'] },
    });
    const { items } = await own.done(own.ask('GET /v1/cases/{id}/decisions', { params: { id } }));
    expect(items.find(({ kind }: { kind: string }) => kind === 'escalation').reasons).toContain(
      'not done: full already has 0 of 0 cases.',
    );
    expect(await own.readAgent('ben')).toMatchObject({ load: 0 });
  });
});
