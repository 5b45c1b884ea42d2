import { expect, test } from 'vitest';
import { facts, money, of } from './facts-world.ts';

test('records of every kind are found, with what they are like', async () => {
  const crm = await facts();
  const [ada, ben] = [await crm.customer(), await crm.customer()];
  const { ask } = crm;
  const customerId = ada.id;
  await crm.order(ada.id, { status: 'completed', total: 500 });
  await crm.order(ben.id);
  await crm.open(ada.id, { priority: 'high' });
  const due = { issuedOn: '2026-01-15', dueOn: '2026-02-15' };
  await ask('POST /v1/invoices', { body: { customerId, number: crm.unique(), total: money(70), ...due } });
  await ask('POST /v1/assets', { body: { customerId, name: 'Volt 7', model: 'V7' } });
  await ask('POST /v1/customers/{id}/needs', { ...of(ada.id), body: { what: 'A car', source: 'call', strength: 4 } });
  await ask('POST /v1/leads', { body: { customerId, source: 'web', value: money(9) } });
  await ask('POST /v1/opportunities', { body: { customerId, name: 'Volt' } });
  await crm.idle();
  const has = (record: string, attribute: string, operator: object) => ({ record, where: { attribute, ...operator } });
  const all = [
    has('order', 'total.amount', { gte: 500 }),
    {
      record: 'order',
      where: {
        all: [
          { attribute: 'placedAt', after: '-P1D' },
          { attribute: 'status', is: 'completed' },
        ],
      },
    },
    has('case', 'priority', { in: ['high', 'urgent'] }),
    has('invoice', 'balance.amount', { is: 70 }),
    has('asset', 'model', { like: 'v?', ignoreCase: true }),
    has('need', 'strength', { gt: 3 }),
    has('lead', 'source', { is: 'web' }),
    has('opportunity', 'status', { is: 'open' }),
  ];
  for (const one of all) expect([one, await crm.whom(one)]).toEqual([one, [ada.id]]);
  expect(await crm.whom({ all })).toEqual([ada.id]);
  const few = { record: 'order', where: { attribute: 'status', is: 'completed' }, count: { is: 0 } };
  expect(await crm.whom(few)).toEqual([ben.id]);
});

test('the employer, lists, consents and samples are found', async () => {
  const crm = await facts();
  const [ada, ben] = [await crm.customer(), await crm.customer()];
  const [old, now] = [await crm.organisation('Old Motors'), await crm.organisation('Acme')];
  await crm.ask('PUT /v1/attributes/{name}', { params: { name: 'size' }, body: { type: 'number' } });
  await crm.happen(now.id, { size: 200 });
  await crm.employ(ada.id, old.id, { from: '2020-01-01', until: '2021-01-01' });
  await crm.employ(ada.id, now.id);
  await crm.order(now.id);
  const { id } = await crm.ask('POST /v1/lists', { body: { name: 'VIP', kind: 'static' } });
  await crm.ask('PUT /v1/lists/{id}/members/{customerId}', { params: { id, customerId: ben.id } });
  await crm.consent(ada.id);
  await crm.consent(ben.id, 'withdrawn');
  await crm.idle();
  const news = { channel: 'email', topic: 'news' };
  const cases: [object, string[]][] = [
    [{ organisation: { attribute: 'name', is: 'Acme' } }, [ada.id]],
    [{ organisation: { attribute: 'name', is: 'Old Motors' } }, []],
    [{ organisation: { all: [{ attribute: 'attributes.size', gte: 100 }, { record: 'order' }] } }, [ada.id]],
    [{ list: id }, [ben.id]],
    [{ consent: news }, [ada.id]],
    [{ consent: { ...news, status: 'withdrawn' } }, [ben.id]],
    [{ all: [{ attribute: 'kind', is: 'person' }, { sample: { percent: 100, salt: 's' } }] }, [ben.id, ada.id]],
    [{ any: [] }, []],
  ];
  for (const [where, whom] of cases) expect([where, (await crm.whom(where)).sort()]).toEqual([where, [...whom].sort()]);
});

test('a value is held from its last change on; the same value again does not restart it', async () => {
  const crm = await facts();
  const long = new Date(Date.now() - 40 * 86_400_000).toISOString();
  const recent = new Date(Date.now() - 10 * 86_400_000).toISOString();
  const write = (id: string, plan: string, observedAt: string) =>
    crm.ask('PATCH /v1/customers/{id}', {
      ...of(id),
      body: { attributes: { plan }, provenance: { source: 'erp', observedAt } },
    });
  const [same, changed] = [await crm.customer(), await crm.customer()];
  for (const { id } of [same, changed]) await write(id, 'gold', long);
  await write(same.id, 'gold', recent);
  await write(changed.id, 'silver', recent);
  const held = (time: string) => crm.whom({ attribute: 'attributes.plan', held: { for: time } });
  expect(await held('P30D')).toEqual([same.id]);
  expect((await held('P5D')).sort()).toEqual([same.id, changed.id].sort());
  expect(await held('P50D')).toEqual([]);
  expect(await crm.whom({ attribute: 'attributes.plan', observed: { within: 'P20D' } })).toHaveLength(2);
});

test('what no condition can find is refused where it is named', async () => {
  const crm = await facts();
  const { id: listId } = await crm.ask('POST /v1/lists', { body: { name: 'D', kind: 'dynamic', where: { all: [] } } });
  const seg = 'seg_01jd5e7k3m9q2r4t6v8w0x1y2z';
  const cases: [object, string][] = [
    [{ record: 'ordr' }, 'record: there are no records ordr; did you mean order?'],
    [
      { record: 'order', where: { attribute: 'totl', is: 1 } },
      'where.attribute: order has no totl; did you mean total?',
    ],
    [{ record: 'order', where: { not: { attribute: 'number', gt: 5 } } }, 'where.not.gt: must be a text'],
    [{ record: 'case', where: { attribute: 'status', is: 'open' } }, 'where.is: must be one of'],
    [{ organisation: { attribute: 'nmae', is: 'x' } }, 'organisation.attribute: there is no attribute nmae'],
    [{ segment: seg }, `segment: there is no segment ${seg}`],
    [{ list: 'list_x' }, 'list: there is no list list_x'],
    [{ list: listId }, `list: ${listId} is a dynamic list`],
    [{ message: { templateId: 'tpl_x', state: 'opened' } }, 'message.templateId: there is no template tpl_x'],
    [{ event: 'order.completed', sum: { of: 'totl', gte: 1 } }, 'sum.of: the event has no totl; did you mean total?'],
    [{ event: 'order.completed', sum: { of: 'number', gte: 1 } }, 'sum.of: number is not a number'],
    [{ event: 'order.completed', then: { event: 'case.opend' } }, 'then.event: there is no event case.opend'],
    [{ event: 'order.completed', latest: { where: { x: [1] } } }, 'latest.where.x: the event has no x'],
    [{ event: 'order.completed', where: [{ x: [1] }] }, 'where.0.x: the event has no x'],
    [{ attribute: 'ownerId', held: { for: 'P1D' } }, 'held: it is not known since when ownerId'],
  ];
  for (const [where, fault] of cases) {
    const { status, body } = await crm.raw('POST /v1/lists', { body: { name: 'L', kind: 'dynamic', where } });
    expect([where, status]).toEqual([where, 422]);
    const [{ path, message }] = body.errors;
    expect(`${path}: ${message}`.slice(0, `where.${fault}`.length)).toBe(`where.${fault}`);
  }
  const marketer = await crm.tokenFor(['marketer']);
  const where = { organisation: { record: 'invoice', where: { attribute: 'overdue', is: true } } };
  const refused = await crm.raw('POST /v1/lists', { body: { name: 'L', kind: 'dynamic', where }, token: marketer });
  expect(refused).toMatchObject({ status: 403, body: { detail: expect.stringContaining('finance.read') } });
});
