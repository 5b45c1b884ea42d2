import { expect, test } from 'vitest';
import { type Body, each, shop } from '../commerce/shop-world.ts';

const approving = async () => {
  const crm = await shop();
  await crm.product({ sku: 'A', cost: { amount: 800, currency: 'EUR' } });
  await crm.book('list', {
    ...{ prices: [each('10.00')], floor: '4' },
    promotions: [
      { id: 'half', code: 'HALF', off: { percent: 50 } },
      { id: 'most', code: 'MOST', off: { percent: 70 } },
    ],
  });
  const customerId = await crm.person();
  for (const id of ['mei', 'ravi']) await crm.ask('PUT /v1/staff/{id}', { params: { id }, body: { name: id } });
  const tokens = {
    mei: await crm.tokenFor(['sales'], crm.tenant, 'mei'),
    ravi: await crm.tokenFor(['sales'], crm.tenant, 'ravi'),
    finance: await crm.tokenFor(['finance', 'sales'], crm.tenant, 'fay'),
  };
  const policy = (id: string, body: Body) =>
    crm.ask('PUT /v1/approval-policies/{id}', { params: { id }, body: { name: id, rank: 10, ...body } });
  const quote = async (codes: string[] = [], quantity = 1) => {
    const body = { customerId, currency: 'EUR', country: 'DE', lines: [{ sku: 'A', quantity }], codes };
    return (await crm.ask('POST /v1/quotes', { body })).body;
  };
  const tell = (id: string, verb: string, body: Body = {}) => crm.at(`POST /v1/quotes/{id}/${verb}`, id, { body });
  const answer = (id: string, verb: string, who: keyof typeof tokens, body: Body = {}) =>
    crm.ask(`POST /v1/approvals/{id}/${verb}`, { params: { id }, body, token: tokens[who] });
  const pending = async (query: Record<string, string> = {}) => {
    const { body } = await crm.ask('GET /v1/approvals', { query: { state: 'pending', ...query } });
    return body.items.map(({ quoteId }: Body) => quoteId);
  };
  return { ...crm, customerId, policy, quote, tell, answer, pending };
};

test('a quote that a policy matches is sent only when every step has approved it', async () => {
  const crm = await approving();
  const steps = [{ approvers: { staff: ['mei'] } }, { approvers: { role: 'finance' } }];
  expect((await crm.policy('discount', { match: { attribute: 'discount', gt: 15 }, steps })).status).toBe(201);
  const plain = await crm.quote();
  expect([plain.approval, (await crm.tell(plain.id, 'send')).status]).toEqual([undefined, 200]);
  const { id, approval } = await crm.quote(['HALF']);
  expect(approval.state).toBe('pending');
  expect(await crm.refused(crm.tell(id, 'send'))).toEqual([409, 'quote.approval-pending']);
  expect([await crm.pending({ approverId: 'mei' }), await crm.pending({ approverId: 'ravi' })]).toEqual([[id], []]);
  const asked = (await crm.at('GET /v1/approvals/{id}', approval.id)).body;
  expect(asked.facts).toMatchObject({ amount: 500, discount: 50, margin: -60, overdue: 0, belowFloor: false });
  expect(await crm.refused(crm.answer(approval.id, 'approve', 'ravi'))).toEqual([403, 'approval.not-approver']);
  expect((await crm.answer(approval.id, 'approve', 'mei')).body).toMatchObject({ state: 'pending', step: 2 });
  expect(await crm.refused(crm.tell(id, 'send'))).toEqual([409, 'quote.approval-pending']);
  expect((await crm.answer(approval.id, 'approve', 'finance')).body.state).toBe('approved');
  expect((await crm.tell(id, 'send')).body).toMatchObject({ state: 'sent', approval: { state: 'approved' } });
  expect(await crm.refused(crm.answer(approval.id, 'approve', 'mei'))).toEqual([409, 'approval.closed']);
});

test('what is rejected is revised, and judged again', async () => {
  const crm = await approving();
  await crm.policy('margin', { match: { attribute: 'margin', lt: 10 }, steps: [{ approvers: { staff: ['mei'] } }] });
  const { id, approval } = await crm.quote(['HALF']);
  expect(await crm.badFields(crm.answer(approval.id, 'reject', 'mei'))).toEqual([422, 'reason']);
  await crm.answer(approval.id, 'reject', 'mei', { reason: 'too cheap' });
  expect(await crm.refused(crm.tell(id, 'send'))).toEqual([409, 'quote.approval-rejected']);
  const revised = (await crm.tell(id, 'revise', { codes: [] })).body;
  expect([revised.approval, (await crm.tell(revised.id, 'send')).status]).toEqual([undefined, 200]);
  const again = await crm.quote(['HALF']);
  await crm.tell(again.id, 'revise', { codes: [] });
  expect((await crm.at('GET /v1/approvals/{id}', again.approval.id)).body.state).toBe('withdrawn');
});

test('credit and overdue invoices are judged, also by policies that are newer than the quote', async () => {
  const crm = await approving();
  const { id } = await crm.quote([], 3);
  await crm.at('PUT /v1/customers/{id}/credit', crm.customerId, { body: { limit: { amount: 2000, currency: 'EUR' } } });
  await crm.policy('credit', { match: { attribute: 'credit', lt: 0 }, steps: [{ approvers: { staff: ['mei'] } }] });
  expect(await crm.refused(crm.tell(id, 'send'))).toEqual([409, 'quote.approval-pending']);
  expect(await crm.pending()).toEqual([id]);
  expect(await crm.refused(crm.tell(id, 'send'))).toEqual([409, 'quote.approval-pending']);
  expect(await crm.pending()).toEqual([id]);
});

test('below a floor somebody has to approve, though no policy says so', async () => {
  const crm = await approving();
  const { id, approval, belowFloor } = await crm.quote(['MOST']);
  expect([belowFloor, approval.state]).toEqual([true, 'pending']);
  expect(await crm.refused(crm.answer(approval.id, 'approve', 'mei'))).toEqual([403, 'approval.not-approver']);
  const approved = await crm.at('POST /v1/approvals/{id}/approve', approval.id, { body: {} });
  expect([approved.body.state, (await crm.tell(id, 'send')).status]).toEqual(['approved', 200]);
});

test('who is away lets another answer, and nobody waits for ever', async () => {
  const crm = await approving();
  const steps = [
    { approvers: { staff: ['mei'] }, within: 'P1D' },
    { approvers: { role: 'finance' }, within: 'P1D' },
  ];
  await crm.policy('all', { steps });
  const today = (await crm.now()).slice(0, 10);
  const away = (token: string | undefined, body: Body) =>
    crm.ask('PUT /v1/approval-delegations/{id}', { params: { id: 'mei' }, body, ...(token && { token }) });
  const ravis = await crm.tokenFor(['sales'], crm.tenant, 'ravi');
  expect(await crm.refused(away(ravis, { to: 'ravi', until: today }))).toEqual([403, 'approval.not-approver']);
  expect(await crm.badFields(away(undefined, { to: 'mei', until: today }))).toEqual([422, 'to']);
  await away(undefined, { to: 'ravi', until: today });
  const first = await crm.quote();
  expect(await crm.pending({ approverId: 'ravi' })).toEqual([first.id]);
  const given = await crm.answer(first.approval.id, 'approve', 'ravi');
  expect(given.body.answers).toMatchObject([{ by: 'ravi', for: 'mei', outcome: 'approved' }]);
  const second = await crm.quote();
  await crm.advance('P1DT1M');
  await crm.idle();
  const state = async ({ approval: { id } }: Body & { approval: Body }) =>
    (await crm.at('GET /v1/approvals/{id}', id as string)).body;
  expect(await state(second)).toMatchObject({ state: 'pending', step: 2, answers: [{ outcome: 'timed-out' }] });
  expect((await state(first)).state).toBe('rejected');
  await crm.advance('P1DT1M');
  await crm.idle();
  expect((await crm.at('GET /v1/quotes/{id}', second.id)).body.approval.state).toBe('rejected');
});

test('a policy names staff and facts that exist', async () => {
  const crm = await approving();
  const bad = (body: Body) => crm.badFields(crm.policy('bad', body));
  expect(await bad({ steps: [{ approvers: { staff: ['nobody'] } }] })).toEqual([422, 'steps.0.approvers.staff.0']);
  const steps = [{ approvers: { role: 'admin' } }];
  expect(await bad({ match: { attribute: 'discont', gt: 1 }, steps })).toEqual([422, 'match.attribute']);
  expect(await bad({ steps: [{ approvers: {} }] })).toEqual([422, 'steps.0.approvers']);
});
