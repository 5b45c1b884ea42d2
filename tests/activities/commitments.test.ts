import { expect, test } from 'vitest';
import { contradict } from '../../functions/activities/commitment.ts';
import { type Body, related } from '../relations-world.ts';
import { world } from '../world.ts';

const amount = (cents: number, currency = 'SGD') => ({ amount: cents, currency });
const price = (cents: number, department: string, more: Body = {}) => ({
  kind: 'price',
  subject: 'VOLT-7',
  text: `Volt 7 for ${cents}`,
  amount: amount(cents),
  department,
  ...more,
});

const commitments = async () => {
  const crm = related(await world());
  const make = (id: string, body: Body) => crm.at('POST /v1/customers/{id}/commitments', id, { body });
  const texts = async (id: string, query: Body = {}): Promise<string[]> =>
    (await crm.at('GET /v1/customers/{id}/commitments', id, { query })).body.items.map(({ text }: Body) => text);
  return { ...crm, make, texts };
};

test('two departments contradict each other when the amounts differ, or the texts where there are no amounts', () => {
  const terms = (department: string, text: string, cents?: number) => ({
    ...{ subject: 'VOLT-7', department, text },
    ...(cents ? { amount: amount(cents) } : {}),
  });
  expect(contradict(terms('sales', 'a', 100), terms('marketing', 'b', 100))).toBe(false);
  expect(contradict(terms('sales', 'a', 100), terms('marketing', 'a', 101))).toBe(true);
  expect(contradict(terms('sales', 'a', 100), terms('marketing', 'a'))).toBe(true);
  expect(contradict(terms('sales', 'A  car'), terms('marketing', 'a car'))).toBe(false);
  expect(contradict(terms('sales', 'a car'), terms('marketing', 'no car'))).toBe(true);
  expect(contradict(terms('sales', 'a car'), terms(' Sales', 'no car'))).toBe(false);
  expect(contradict({ ...terms('sales', 'a'), subject: 'volt-7 ' }, terms('service', 'b'))).toBe(true);
  expect(contradict({ ...terms('sales', 'a'), subject: 'VOLT-8' }, terms('service', 'b'))).toBe(false);
});

test('a commitment that contradicts one of another department is accepted, and the conflict is reported', async () => {
  const crm = await commitments();
  const id = await crm.person();
  const first = await crm.make(id, price(12_500, 'sales', { validUntil: '2099-12-31' }));
  expect([first.status, first.headers.get('location'), first.body.conflicts]).toEqual([
    201,
    `/v1/commitments/${first.body.id}`,
    [],
  ]);
  const second = await crm.make(id, price(11_900, 'marketing'));
  expect([second.status, second.body.conflicts]).toMatchObject([201, [{ id: first.body.id, department: 'sales' }]]);
  const { body } = await crm.at('GET /v1/customers/{id}/timeline', id, { query: { type: 'commitment.conflicting' } });
  const conflicts = [{ id: first.body.id, department: 'sales' }];
  expect(body.items).toMatchObject([{ about: second.body.id, data: { conflicts } }]);
  expect(await crm.texts(id, { subject: 'volt-7' })).toHaveLength(2);
});

test('commitments that are fulfilled, broken, withdrawn or expired do not conflict', async () => {
  const crm = await commitments();
  const id = await crm.person();
  const make = async (cents: number, more: Body = {}) => (await crm.make(id, price(cents, `d${cents}`, more))).body.id;
  const [fulfilled, broken, withdrawn] = [await make(1), await make(2), await make(3)];
  await make(4, { validUntil: (await crm.now()).slice(0, 10) });
  const close = (verb: string, commitment: string, body: Body = {}) =>
    crm.at(`POST /v1/commitments/{id}/${verb}`, commitment, { body });
  expect((await close('fulfil', fulfilled)).body).toMatchObject({ status: 'fulfilled', version: 2 });
  expect((await close('break', broken, { note: 'sold out' })).body).toMatchObject({
    status: 'broken',
    note: 'sold out',
  });
  expect((await close('withdraw', withdrawn)).body.status).toBe('withdrawn');
  expect(await crm.refused(close('fulfil', withdrawn))).toEqual([409, 'commitment.closed']);
  expect((await crm.at('GET /v1/commitments/{id}', fulfilled)).body.status).toBe('fulfilled');
  await crm.advance('P2D');
  expect(await crm.texts(id, { status: 'active' })).toEqual([]);
  expect(await crm.texts(id, { status: 'broken' })).toEqual(['Volt 7 for 2']);
  expect(await crm.texts(id, { status: 'expired' })).toEqual(['Volt 7 for 4']);
  expect((await crm.make(id, price(9, 'service'))).body.conflicts).toEqual([]);
  const types = ['commitment.made', 'commitment.withdrawn', 'commitment.broken', 'commitment.fulfilled'];
  expect((await crm.timeline(id)).slice(0, 4)).toEqual(types);
});

test('an invalid commitment is rejected with all its bad fields, and other tenants’ customers are not found', async () => {
  const crm = await commitments();
  const id = await crm.person();
  expect(await crm.badFields(crm.make(id, price(1, '', { kind: 'oath' })))).toEqual([422, 'kind', 'department']);
  expect(await crm.badFields(crm.make(id, price(1, 'sales', { validUntil: '2020-01-01' })))).toEqual([
    422,
    'validUntil',
  ]);
  const stranger = await related(await world()).person();
  expect(await crm.refused(crm.make(stranger, price(1, 'sales')))).toEqual([404, 'customer.not-found']);
});

test('commitments follow a merge of their customer and its undo', async () => {
  const crm = await commitments();
  const [a, b] = [await crm.person(), await crm.person()];
  await crm.make(b, price(1, 'sales'));
  await crm.merge(a, b);
  expect(await crm.texts(a)).toEqual(['Volt 7 for 1']);
  expect((await crm.make(a, price(2, 'service'))).body.conflicts).toHaveLength(1);
  await crm.unmerge(a, b);
  expect([await crm.texts(a), await crm.texts(b)]).toEqual([['Volt 7 for 2'], ['Volt 7 for 1']]);
});
