import { beforeAll, expect, test } from 'vitest';
import { newId } from '../../events/ids.ts';
import { commitmentHandlers } from '../../functions/activities/commitments.ts';
import { journeys } from '../../functions/automation/journeys/journey.ts';
import { membersWork, runsWork } from '../../functions/automation/journeys/journey-work.ts';
import { customers } from '../../functions/customers/customer.ts';
import { qualityHandlers } from '../../functions/data-quality/quality.ts';
import { duplicateHandlers } from '../../functions/matching/duplicates.ts';
import { staffHandlers } from '../../functions/organisation/staff.ts';
import { teamHandlers } from '../../functions/organisation/teams.ts';
import { ends } from '../../functions/relationships/end.ts';
import { relationshipHandlers } from '../../functions/relationships/relationships.ts';
import { ctxOf } from '../../functions/shared/http/context.ts';
import { Reply } from '../../functions/shared/http/contract.ts';
import type { Job } from '../../functions/shared/jobs/job.ts';
import { created, insert } from '../../functions/shared/store/changes.ts';
import { retryOnConflict } from '../../functions/shared/store/retry-on-conflict.ts';
import { thisStack } from '../this-stack.ts';
import { changeTable, ownTable } from '../tracking/own-table.ts';

/** an index that is so late that it shows nothing of what this file writes */
beforeAll(async () => {
  await ownTable(thisStack().awsUrl);
  changeTable(call => async (input: { IndexName?: string }) => {
    const reply = await call(input);
    return input.IndexName === undefined ? reply : { ...reply, Items: [] };
  });
});

const company = () => {
  const tenant = `late${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;
  const ctx = () =>
    ctxOf({ tenant, actor: 'user:test', now: new Date().toISOString(), scopes: new Set(['settings.admin']) });
  /** what a handler replies, or the code of its refusal */
  // biome-ignore lint/suspicious/noExplicitAny: replies are asserted on, not computed with
  const ask = (handler: unknown, request: object): Promise<any> =>
    retryOnConflict(async () => {
      const reply = await (handler as (...given: unknown[]) => unknown)({ params: {}, query: {}, ...request }, ctx());
      return reply instanceof Reply ? reply.body : reply;
    }).catch(error => error.code ?? String(error));
  const customer = async (kind: 'person' | 'organisation' = 'organisation') => {
    const { store, now } = ctx();
    const id = newId('customer', now);
    await store.commit([insert(customers, created(now, { id, kind, name: 'Acme' }) as never)]);
    return id as string;
  };
  const relate = (id: string, body: object) => ask(relationshipHandlers.addRelationship, { params: { id }, body });
  return { ctx, ask, customer, relate };
};

const codes = (replies: unknown[]) => replies.map(reply => (typeof reply === 'string' ? reply : 'done')).sort();

test('relationships of one type do not overlap', async () => {
  const { customer, relate } = company();
  const [ada, acme] = [await customer('person'), await customer()];
  const first = { type: 'employer', to: acme, from: '2024-01-01', until: '2024-12-31' };
  expect(codes([await relate(ada, first)])).toEqual(['done']);
  expect(await relate(ada, { ...first, from: '2024-06-01' })).toBe('relationship.exists');
  const other = { ...first, from: '2025-01-01', until: '2025-12-31' };
  const atOnce = ['2025-01-01', '2025-02-01', '2025-03-01'].map(from => relate(ada, { ...other, from }));
  expect(codes(await Promise.all(atOnce))).toEqual(['done', 'relationship.exists', 'relationship.exists']);
});

test('one relationship of a type is the primary one', async () => {
  const { ctx, customer, relate } = company();
  const [ada, ...employers] = [await customer('person'), await customer(), await customer(), await customer()];
  const made = await Promise.all(employers.map(to => relate(ada, { type: 'vendor', to, primary: true })));
  const ids = made.map(({ id }) => id as string);
  const now = await ctx().store.getAll(
    ends,
    ids.map(id => ({ id, side: 'from' as const })),
  );
  expect(now.filter(({ primary }) => primary)).toHaveLength(1);
});

test('no account is above itself', async () => {
  const { customer, relate } = company();
  const accounts = [await customer(), await customer(), await customer()];
  const circle = accounts.map((id, nth) => relate(id, { type: 'parent', to: accounts[(nth + 1) % 3] }));
  const replies = codes(await Promise.all(circle));
  expect(replies.filter(code => code === 'done')).toHaveLength(2);
  expect(replies.at(-1)).toMatch(/cycle/);
});

test('every contradiction of commitments is reported', async () => {
  const { ask, customer } = company();
  const id = await customer();
  const price = (department: string, amount: number) =>
    ask(commitmentHandlers.makeCommitment, {
      params: { id },
      body: { kind: 'price', subject: 'tyres', text: 'fixed', department, amount: { amount, currency: 'EUR' } },
    });
  const made = await Promise.all([price('sales', 100), price('service', 200), price('finance', 300)]);
  expect(made.map(({ conflicts }) => (conflicts as unknown[]).length).sort()).toEqual([0, 1, 2]);
});

test('a team is removed only when it is empty, and a line of reporting is no circle', async () => {
  const { ask } = company();
  const putTeam = (id: string) => ask(teamHandlers.putTeam, { params: { id }, body: { name: id } });
  const put = (userId: string, body: object) =>
    ask(staffHandlers.putStaff, { params: { userId }, body: { name: userId, skills: [], languages: [], ...body } });
  await putTeam('sales');
  await put('sue', { team: 'sales' });
  expect(await ask(teamHandlers.removeTeam, { params: { id: 'sales' } })).toBe('team.in-use');
  await putTeam('desk');
  const [joined, removed] = await Promise.all([
    put('tom', { team: 'desk' }),
    ask(teamHandlers.removeTeam, { params: { id: 'desk' } }),
  ]);
  expect(codes([joined, removed]).filter(code => code === 'done')).toHaveLength(1);
  await Promise.all(['ann', 'bob'].map(one => put(one, {})));
  const circle = await Promise.all([put('ann', { reportsTo: 'bob' }), put('bob', { reportsTo: 'ann' })]);
  expect(codes(circle).filter(code => code === 'done')).toHaveLength(1);
  const boss = circle[0] && typeof circle[0] !== 'string' ? 'bob' : 'ann';
  expect(await ask(staffHandlers.removeStaff, { params: { userId: boss } })).toMatch(/^staff\./);
});

test('of two requests to start a job at the same time one starts it', async () => {
  const { ask } = company();
  const searches = await Promise.all([1, 2, 3].map(() => ask(duplicateHandlers.searchDuplicates, {})));
  expect(new Set(searches.map(({ id }) => id)).size).toBe(1);
  const reports = await Promise.all([1, 2].map(() => ask(qualityHandlers.startReport, {})));
  expect(codes(reports).filter(code => code === 'done')).toHaveLength(1);
});

test('a job over a list that shows nothing yet looks once more', async () => {
  const { ctx } = company();
  const { now, store } = ctx();
  const journey = { id: newId('journey', now), state: 'cancelled', entry: { segment: newId('segment', now) } };
  const after = new Date(Date.parse(now) + 60_000).toISOString();
  for (const [work, state] of [
    [runsWork, 'cancelled'],
    [membersWork, 'active'],
  ] as const) {
    const id = newId('journey', now);
    await store.commit([insert(journeys, created(now, { ...journey, id, state, activatedAt: now }) as never)]);
    const job = { input: { journeyId: id, activatedAt: now }, cursor: null } as unknown as Job;
    const sliceCtx = { ...ctx(), now, perSlice: (usual: number) => usual };
    expect(await work.slice(job, sliceCtx)).toMatchObject({ cursor: { pass: 2 }, at: after });
    expect(await work.slice({ ...job, cursor: { pass: 2, after: null } }, sliceCtx)).toMatchObject({ cursor: null });
  }
});
