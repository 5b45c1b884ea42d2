import { describe, expect, test } from 'vitest';
import { client } from '../../client/client.ts';

type Answer = Response | Error;

/** a client whose network answers with these, in order, and what was sent over it */
const scripted = (...answers: Answer[]) => {
  const sent: { url: string; init: RequestInit }[] = [];
  const fetch = async (url: unknown, init?: RequestInit) => {
    sent.push({ url: String(url), init: init ?? {} });
    const answer = answers.shift();
    if (!answer || answer instanceof Error) throw answer ?? new Error('nothing is left to answer');
    return answer;
  };
  return { crm: client({ url: 'https://crm.example/', token: 't', fetch: fetch as typeof globalThis.fetch }), sent };
};

const done = () => Response.json({ id: 'cus_1', items: [], nextCursor: null });
const later = (status: number, headers: Record<string, string> = { 'retry-after': '0' }) =>
  Response.json({ message: 'later' }, { status, headers });
const broken = () => new TypeError('fetch failed');
const body = { givenName: 'Ada' };

test('fills in paths and leaves out what is not asked', async () => {
  const { crm, sent } = scripted(done(), done());
  await crm.customers.readCustomer({ params: { id: 'a/b c' } });
  await crm.search.findCustomers({ query: { q: 'ä&b', limit: undefined } });
  expect(sent.map(({ url }) => url)).toEqual([
    'https://crm.example/v1/customers/a%2Fb%20c',
    'https://crm.example/v1/customers?q=%C3%A4%26b',
  ]);
  expect(sent[0]?.init.headers).toEqual({ authorization: 'Bearer t' });
});

test('every operation for programs has a method: text comes as it is, and what is open to all needs no token', async () => {
  const csv = new Response('\ufeff1\r\n', { headers: { 'content-type': 'text/csv; charset=utf-8' } });
  const { crm, sent } = scripted(csv, done());
  expect(await crm.lists.exportMembers({ params: { id: 'lst_1' } })).toBe('1\r\n');
  await crm.portal.exchangeCode({ body: { tenant: 'auto', email: 'ada@example.com', code: '123456', nonce: 'n' } });
  expect(sent.map(({ init }) => (init.headers as Record<string, string>).authorization)).toEqual([
    'Bearer t',
    undefined,
  ]);
});

describe('sends again', () => {
  test.each([429, 503])('a read that is answered with %i', async status => {
    const { crm, sent } = scripted(later(status), done());
    await crm.search.findCustomers();
    expect(sent).toHaveLength(2);
  });

  test('a creation that was turned away with 429', async () => {
    const { crm, sent } = scripted(later(429, {}), done());
    await crm.customers.createCustomer({ body });
    expect(sent).toHaveLength(2);
  });

  test('a read, and a creation with a key, when the network fails', async () => {
    const { crm, sent } = scripted(broken(), done(), broken(), done());
    await crm.search.findCustomers();
    await crm.customers.createCustomer({ body, idempotencyKey: 'k' });
    expect(sent).toHaveLength(4);
  });
});

describe('does not send again', () => {
  test('a creation without a key when the network fails: it may have been done', async () => {
    const { crm, sent } = scripted(broken(), done());
    await expect(crm.customers.createCustomer({ body })).rejects.toThrow('fetch failed');
    expect(sent).toHaveLength(1);
  });

  test('a creation without a key that ran out of time', async () => {
    const { crm, sent } = scripted(later(503, {}), done());
    await expect(crm.customers.createCustomer({ body })).rejects.toMatchObject({ status: 503 });
    expect(sent).toHaveLength(1);
  });

  test('what is refused for good', async () => {
    const { crm, sent } = scripted(Response.json({ code: 'customer.not-found', detail: 'no' }, { status: 404 }));
    await expect(crm.search.findCustomers()).rejects.toMatchObject({ code: 'customer.not-found' });
    expect(sent).toHaveLength(1);
  });

  test('for longer than a minute, or more than three times', async () => {
    const { crm } = scripted(later(503, { 'retry-after': '3600' }));
    await expect(crm.search.findCustomers()).rejects.toMatchObject({ status: 503 });
    const { crm: other, sent } = scripted(later(429), later(429), later(429), later(429), done());
    await expect(other.search.findCustomers()).rejects.toMatchObject({ status: 429 });
    expect(sent).toHaveLength(4);
  });
});
