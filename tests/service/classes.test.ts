import { expect, test } from 'vitest';
import { world } from '../world.ts';
import { desk } from './desk-world.ts';

const company = async () => {
  const crm = desk(await world());
  const { id: customerId } = await crm.customer();
  const categories = async (query = {}) => {
    const { items } = await crm.done(crm.ask('GET /v1/categories', { query }));
    return items.map(({ id }: { id: string }) => id) as string[];
  };
  const classified = async (subject: string, fields: object = {}) => {
    const { id } = await crm.open({ customerId, subject, description: undefined, ...fields });
    await crm.idle();
    const { category, priority } = await crm.read(id);
    return [category, priority];
  };
  return { ...crm, categories, classified };
};

const usual = ['safety', 'billing', 'delivery', 'warranty', 'technical', 'appointment', 'account'];

test('the usual categories hold until a company changes them; each is replaced, added and deleted by itself', async () => {
  const crm = await company();
  expect(await crm.categories()).toEqual(usual);
  expect(await crm.categories({ limit: 2 })).toEqual(usual.slice(0, 2));
  expect(await crm.classified('Where is my invoice?')).toEqual(['billing', 'normal']);
  const labels = { en: 'Returns', de: 'Rückgaben' };
  const words = { en: ['send back'], de: ['zurückgeben', 'Rückgabe*'] };
  expect(await crm.category('returns', { labels, words, rank: 15 })).toMatchObject({ labels, words, rank: 15 });
  expect(await crm.categories()).toEqual(['safety', 'returns', ...usual.slice(1)]);
  expect(await crm.classified('Rückgaberecht: ist das mit der Rechnung möglich')).toEqual(['returns', 'normal']);
  expect(await crm.classified('Where is my invoice?')).toEqual(['billing', 'normal']);
  const at = { params: { id: 'billing' } };
  expect(await crm.done(crm.ask('DELETE /v1/categories/{id}', at))).toEqual({ id: 'billing' });
  const again = await crm.ask('DELETE /v1/categories/{id}', at);
  expect([again.status, again.body.code]).toEqual([404, 'category.not-found']);
  expect(await crm.classified('Where is my invoice?')).toEqual(['general', 'normal']);
  const bad = await crm.ask('PUT /v1/categories/{id}', {
    params: { id: 'x' },
    body: { words: { en: ['*'], '1': [] } },
  });
  expect([bad.status, bad.body.errors.map(({ path }: { path: string }) => path).sort()]).toEqual([
    422,
    ['words.1', 'words.en.0'],
  ]);
});

test('a usual category is deleted alone, although none was stored', async () => {
  const crm = await company();
  const remove = (id: string) => crm.done(crm.ask('DELETE /v1/categories/{id}', { params: { id } }));
  await remove('warranty');
  expect(await crm.categories()).toEqual(usual.filter(id => id !== 'warranty'));
  await crm.category('warranty', { rank: 1 });
  expect(await crm.categories()).toEqual(['warranty', ...usual.filter(id => id !== 'warranty')]);
  await crm.category('returns', {});
  for (const id of [...usual, 'returns']) await remove(id);
  expect(await crm.categories()).toEqual([]);
});

test('a company says by which words and types a case gets its priority', async () => {
  const crm = await company();
  expect(await crm.done(crm.ask('GET /v1/settings/priorities'))).toMatchObject({
    version: 0,
    types: { complaint: 'high', feedback: 'low' },
    labels: { urgent: { de: 'Sofort' } },
  });
  expect(await crm.classified('Slow', { type: 'complaint' })).toEqual(['general', 'high']);
  const body = { words: { urgent: { en: ['outage*'], fr: ['coupure*'] } }, types: { enquiry: 'low' } };
  expect(await crm.done(crm.ask('PUT /v1/settings/priorities', { body }))).toMatchObject({ version: 1, ...body });
  expect(await crm.classified('Coupures à Lyon')).toEqual(['general', 'urgent']);
  expect(await crm.classified('Hello')).toEqual(['general', 'low']);
  expect(await crm.classified('Slow, urgent', { type: 'complaint' })).toEqual(['general', 'normal']);
  const bad = await crm.ask('PUT /v1/settings/priorities', { body: { words: { asap: {} }, types: { report: 'top' } } });
  expect([bad.status, bad.body.errors.map(({ path }: { path: string }) => path).sort()]).toEqual([
    422,
    ['types.report', 'words.asap'],
  ]);
});
