import { expect, test } from 'vitest';
import { campaigning } from '../campaigns/campaign-world.ts';

test('what is used is not deleted, and says by whom; what acted can still be read, and does nothing any more', async () => {
  const crm = await campaigning();
  const { id: templateId } = await crm.template();
  const on = (path: string) => (verb: string, id: string, body?: object) =>
    crm.ask(`${verb} /v1/${path}`.replace('*', '{id}'), { params: { id }, ...(body ? { body } : {}) });
  const [templates, triggers, journeys] = [on('templates/*'), on('triggers/*'), on('journeys/*')];
  const trigger = await crm.trigger(templateId);
  const entry = { event: 'Began' };
  const steps = [{ send: { templateId, topic: 'news' } }];
  const made = async (body: object) =>
    (await crm.ask('POST /v1/journeys', { body: { name: 'Inner', entry, ...body } })).body;
  const inner = await made({ steps, state: 'active' });
  const outer = await made({ name: 'Outer', steps: [{ start: inner.id }], state: 'active' });
  const campaign = (await crm.plan({ variants: [{ templateId }] })).body;
  const refused = await templates('DELETE', templateId);
  expect([refused.status, refused.body.code]).toEqual([409, 'template.in-use']);
  for (const { id } of [trigger, inner, campaign]) expect(refused.body.detail).toContain(id);
  expect((await triggers('DELETE', trigger.id)).body.code).toBe('trigger.active');
  expect((await journeys('DELETE', inner.id)).body.code).toBe('journey.active');
  await on('triggers/*/pause')('POST', trigger.id);
  await on('journeys/*/cancel')('POST', inner.id);
  expect((await journeys('DELETE', inner.id)).body).toMatchObject({
    code: 'journey.in-use',
    detail: expect.stringContaining(outer.id),
  });
  await on('journeys/*/cancel')('POST', outer.id);
  for (const one of [outer, inner]) expect((await journeys('DELETE', one.id)).status).toBe(200);
  expect((await triggers('DELETE', trigger.id)).status).toBe(200);
  expect((await on('campaigns/*')('DELETE', campaign.id)).status).toBe(200);
  for (let nth = 0; nth < 2; nth++) expect((await templates('DELETE', templateId)).status).toBe(200);
  for (const path of ['templates', 'triggers', 'journeys', 'campaigns'])
    expect(JSON.stringify((await crm.ask(`GET /v1/${path}`)).body.items), path).not.toContain(templateId);
  expect((await triggers('GET', trigger.id)).body).toMatchObject({ archivedAt: expect.any(String) });
  expect((await on('triggers/*/activate')('POST', trigger.id)).body.code).toBe('automation.archived');
  expect((await triggers('PATCH', trigger.id, { name: 'x' })).body.code).toBe('automation.archived');
  const again = await crm.ask('POST /v1/journeys', { body: { name: 'x', entry, steps } });
  expect(again.body.errors).toEqual([
    { path: 'steps.0.send.templateId', message: `there is no template ${templateId}` },
  ]);
  const draft = await made({ steps: [{ tag: 'x' }] });
  expect((await journeys('DELETE', draft.id)).status).toBe(200);
  expect((await journeys('GET', draft.id)).status).toBe(404);
});
