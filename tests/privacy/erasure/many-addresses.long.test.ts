import { expect, test } from 'vitest';
import { merging } from '../../merging/merge-pair.ts';
import { world } from '../../world.ts';
import { erase } from './erase.ts';

test('a customer of many addresses is erased with all of them', async () => {
  const crm = merging(await world());
  const id = await crm.customer({
    givenName: 'Ada',
    familyName: 'Tan',
    email: 'ada@many.example',
    phone: '+65 6777 1234',
    externalId: 'a-1',
  });
  for (let nth = 0; nth < 24; nth++) {
    const twin = await crm.customer({ givenName: 'Ada', email: `ada${nth}@many.example`, externalId: `m-${nth}` });
    expect((await crm.merge(id, twin)).status).toBe(200);
  }
  await erase(crm, id);
  await crm.idle(60_000);
  for (const nth of [0, 11, 23]) {
    const again = await crm.ask('POST /v1/customers', { body: { email: `ada${nth}@many.example` } });
    expect(again.status).toBe(201);
  }
});
