import { expect, test } from 'vitest';
import { slice } from '../messaging/slice.ts';
import { world } from '../world.ts';

test('triggers that undo what the other does come to an end, and say why', async () => {
  const crm = slice(await world());
  const ada = await crm.customer({ attributes: { side: 'a' } });
  const turn = async (from: string, to: string) => {
    const condition = { attribute: 'attributes.side', is: from };
    const rule = { name: from, when: { 'detail-type': ['customer.updated'] }, if: condition, state: 'active' };
    const reply = await crm.ask('POST /v1/triggers', { body: { ...rule, then: [{ set: { 'attributes.side': to } }] } });
    expect(reply.status).toBe(201);
  };
  await turn('a', 'b');
  await turn('b', 'a');
  await crm.happen(ada.id, { tall: true });
  await crm.idle(100_000);
  const reasons: string[] = [];
  let cursor: string | undefined;
  do {
    const asked = { params: { id: ada.id }, query: { limit: 100, ...(cursor ? { cursor } : {}) } };
    const { body } = await crm.ask('GET /v1/customers/{id}/decisions', asked);
    reasons.push(...body.items.flatMap((one: { reasons: string[] }) => one.reasons));
    cursor = body.nextCursor;
  } while (cursor);
  expect(reasons.filter(reason => reason.includes('may be a loop'))).toHaveLength(1);
  // somebody's own change is acted on as ever
  await crm.happen(ada.id, { side: 'a', again: true });
  await crm.idle();
  expect((await crm.ask('GET /v1/customers/{id}', { params: { id: ada.id } })).body.attributes.side).toBe('b');
});
