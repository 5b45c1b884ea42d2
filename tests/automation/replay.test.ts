import { expect, test } from 'vitest';
import { type Row, slice } from '../messaging/slice.ts';
import { world } from '../world.ts';

test('a replay of a draft reports which customers it would have reached, and why not the others; nothing is sent', async () => {
  const crm = slice(await world());
  const ada = await crm.customer({ address: { country: 'SG' } });
  const eve = await crm.customer({ address: { country: 'MY' } });
  const bob = await crm.customer({ address: { country: 'SG' } });
  const from = new Date(Date.parse(await crm.now()) - 60_000).toISOString();
  for (const { id } of [ada, eve, bob]) await crm.happen(id);
  for (const { id } of [ada, eve]) await crm.consent(id);
  await crm.idle();
  const { id } = await crm.trigger((await crm.template()).id, {
    if: { attribute: 'address.country', is: 'SG' },
    state: 'draft',
  });
  const body = { from, to: new Date(Date.parse(await crm.now()) + 60_000).toISOString() };
  const replay = (more: object = {}) => crm.ask('POST /v1/triggers/{id}/replay', { params: { id }, body, ...more });
  const { body: report } = await replay();
  const outcomes = Object.fromEntries(
    report.items.map(({ customerId, outcome, reasons }: Row) => [customerId, [outcome, reasons.at(-1)]]),
  );
  expect(outcomes).toEqual({
    [ada.id]: ['reached', expect.stringContaining('address.country')],
    [eve.id]: ['not reached', expect.stringContaining('address.country')],
    [bob.id]: ['not reached', 'no consent to news by email'],
  });
  expect(report.evaluated).toMatchObject({ customers: 3, matched: 3, cut: [] });
  const first = (await replay({ query: { limit: 2 } })).body;
  const second = (await replay({ query: { limit: 2, cursor: first.nextCursor } })).body;
  expect([...first.items, ...second.items]).toHaveLength(3);
  expect((await replay({ body: { from: body.to, to: body.from } })).body.errors).toMatchObject([{ path: 'to' }]);
  await crm.idle();
  for (const { id } of [ada, eve, bob]) expect(await crm.messages(id)).toEqual([]);
});
