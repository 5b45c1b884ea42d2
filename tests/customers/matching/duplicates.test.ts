import { expect, test } from 'vitest';
import { world } from '../../world.ts';
import { type Body, merging } from '../merge-pair.ts';

const home = { line1: '12 Long Street', locality: 'Bath', postcode: 'BA1 2AB', country: 'GB' };
const ada = { givenName: 'Ada', familyName: 'Tan', dateOfBirth: '1984-03-09', address: home };
/** the same with slips of the pen */
const aad = { ...ada, givenName: 'Aad', dateOfBirth: '1984-09-03' };

const deduping = async () => {
  const crm = merging(await world());
  return {
    ...crm,
    settle: (settings: Body) => crm.ask('PUT /v1/settings/matching', { body: settings }),
    duplicates: async (query: Record<string, string | number> = {}): Promise<Body[]> =>
      (await crm.ask('GET /v1/duplicates', { query })).body.items,
    accept: (id: unknown, body: Body = {}) => crm.at('POST /v1/duplicates/{id}/accept', String(id), { body }),
    reject: (id: unknown) => crm.at('POST /v1/duplicates/{id}/reject', String(id)),
    patch: (id: string, body: Body) => crm.at('PATCH /v1/customers/{id}', id, { body }),
    decisions: async (id: string): Promise<Body[]> =>
      (await crm.at('GET /v1/customers/{id}/decisions', id)).body.items.filter(
        ({ kind }: Body) => kind === 'duplicate',
      ),
  };
};

test('two records of one person are found, with reasons, and shown side by side', async () => {
  const crm = await deduping();
  const a = await crm.customer(ada);
  await crm.idle();
  expect(await crm.duplicates()).toEqual([]);
  const b = await crm.customer(aad);
  await crm.customer({ givenName: 'Charles', familyName: 'Tan', dateOfBirth: '1980-11-30', address: home });
  await crm.idle();
  const [found, ...others] = await crm.duplicates();
  expect(others).toEqual([]);
  expect(found).toMatchObject({ customers: [a, b], state: 'open' });
  expect(found?.probability).toBeGreaterThan(0.99);
  expect(found?.reasons).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^date of birth off by a slip: \+/),
      expect.stringMatching(/^same street: \+/),
    ]),
  );
  const shown = await crm.at('GET /v1/duplicates/{id}', String(found?.id));
  expect(shown.body).toMatchObject({ records: [{ id: a }, { id: b }], stays: a });
  expect(shown.body.differences).toEqual([
    { attribute: 'dateOfBirth', values: ['1984-03-09', '1984-09-03'] },
    { attribute: 'givenName', values: ['Ada', 'Aad'] },
    { attribute: 'name', values: ['Ada Tan', 'Aad Tan'] },
  ]);
  for (const id of [a, b]) {
    const told = await crm.at('GET /v1/customers/{id}/duplicates', id);
    expect(told.body.items).toMatchObject([{ id: found?.id }]);
    expect(await crm.decisions(id)).toMatchObject([{ outcome: 'proposed', cause: found?.id }]);
  }
});
