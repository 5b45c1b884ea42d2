import { expect, test } from 'vitest';
import { type Row, slice } from '../messaging/slice.ts';
import { world } from '../world.ts';

const triggers = async () => {
  const crm = slice(await world());
  const tags = async (id: string) => {
    await crm.idle();
    return ((await crm.ask('GET /v1/customers/{id}', { params: { id } })).body.attributes?.tags ?? []) as string[];
  };
  const happen = async (id: string, attributes?: object) => {
    await crm.happen(id, attributes as Record<string, unknown>);
    await crm.idle();
  };
  const outcomes = async (id: string) => (await crm.decisions(id, 'trigger')).map(({ outcome }) => outcome);
  return { ...crm, happen, tags, outcomes };
};

test('a trigger leaves a customer alone while it cools down, and its replay says the same', async () => {
  const crm = await triggers();
  const ada = await crm.customer();
  await crm.consent(ada.id);
  const { id: templateId } = await crm.template();
  const from = new Date(Date.parse(await crm.now()) - 1000).toISOString();
  const { id } = await crm.trigger(templateId, { cooldown: 'P7D' });
  for (const pause of ['P1D', 'P3D', 'P4D']) {
    await crm.happen(ada.id);
    await crm.advance(pause);
  }
  await crm.happen(ada.id);
  expect(await crm.outbox(ada.email)).toHaveLength(2);
  const { body } = await crm.ask('POST /v1/triggers/{id}/replay', {
    params: { id },
    body: { from, to: await crm.now() },
  });
  expect(body.counts).toEqual([
    { outcome: 'reached', reason: null, count: 2 },
    { outcome: 'not reached', reason: expect.stringContaining('cools down'), count: 2 },
  ]);
});

test('a trigger with a delay acts later, if its condition holds then as well', async () => {
  const crm = await triggers();
  const [ada, bob] = [await crm.customer(), await crm.customer()];
  const condition = { attribute: 'attributes.stage', is: 'trial' };
  await crm.trigger('', { if: condition, delay: 'PT1H', then: [{ tag: 'late' }] });
  for (const { id } of [ada, bob]) await crm.happen(id, { stage: 'trial' });
  expect(await crm.tags(ada.id)).toEqual([]);
  await crm.happen(bob.id, { stage: 'won' });
  await crm.advance('PT1H');
  expect([await crm.tags(ada.id), await crm.tags(bob.id)]).toEqual([['late'], []]);
  expect(await crm.outcomes(ada.id)).toContain('fired');
  expect(await crm.outcomes(bob.id)).toContain('not fired');
});

test('of an exclusive group only the trigger of the highest priority acts on an event', async () => {
  const crm = await triggers();
  const ada = await crm.customer();
  const group = (tag: string, more: object) => crm.trigger('', { exclusive: 'offers', then: [{ tag }], ...more });
  const gold = { attribute: 'attributes.level', is: 'gold' };
  await group('usual', {});
  const best = await group('best', { priority: 10, if: gold });
  await group('other', { priority: 5, if: gold });
  await crm.happen(ada.id, { level: 'silver' });
  expect(await crm.tags(ada.id)).toEqual(['usual']);
  await crm.happen(ada.id, { level: 'gold' });
  expect((await crm.tags(ada.id)).toSorted()).toEqual(['best', 'usual']);
  const fired = (await crm.decisions(ada.id, 'trigger')).find(
    ({ outcome, cause }) => outcome === 'fired' && cause === best.id,
  );
  expect(fired?.reasons[0]).toContain('revision 1');
});

test('a change makes a revision, and what did not fire is one decision a day', async () => {
  const crm = await triggers();
  const ada = await crm.customer();
  const { id } = await crm.trigger('', { if: { attribute: 'locale', is: 'de' }, then: [{ tag: 'x' }] });
  for (let nth = 0; nth < 3; nth++) await crm.happen(ada.id);
  expect(await crm.outcomes(ada.id)).toEqual(['not fired']);
  const changed = await crm.ask('PATCH /v1/triggers/{id}', { params: { id }, body: { then: [{ tag: 'y' }] } });
  expect(changed.body.revision).toBe(2);
  const { body } = await crm.ask('GET /v1/triggers/{id}/versions', { params: { id } });
  expect(body.items.map(({ then }: Row) => then)).toEqual([[{ tag: 'y' }], [{ tag: 'x' }]]);
});

test('an action that leads to what the trigger acts on is refused', async () => {
  const crm = await triggers();
  const body = { name: 'x', when: { 'detail-type': ['case.opened'] }, then: [{ case: { subject: 'again' } }] };
  expect((await crm.ask('POST /v1/triggers', { body })).body.errors).toMatchObject([{ path: 'then.0' }]);
});

test('what a trigger cannot set is refused with what it can be; what is set undeclared is named', async () => {
  const crm = await triggers();
  const set = async (values: object) =>
    (
      await crm.ask('POST /v1/triggers', {
        body: { name: 'Set', when: { 'detail-type': ['order.completed'] }, then: [{ set: values }] },
      })
    ).body as Row;
  expect((await set({ preferredChannel: 'fax', timeZone: 7 })).errors).toEqual([
    { path: 'then.0.set.preferredChannel', message: expect.stringContaining('must be one of email, sms') },
    { path: 'then.0.set.timeZone', message: 'must be a text' },
  ]);
  expect((await set({ plan: 'gold' })).warnings).toEqual([
    { path: 'then.0.set.plan', message: 'attributes.plan is not declared: any value is taken' },
  ]);
});
