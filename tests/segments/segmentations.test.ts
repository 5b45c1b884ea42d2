import { expect, test } from 'vitest';
import { marketer } from './marketer.ts';

const times = (gte: number) => ({ event: 'order.completed', count: { gte } });

test('every customer is in exactly one class, the first whose condition it meets', async () => {
  const crm = await marketer();
  const ada = await crm.customer({ givenName: 'Ada' });
  const scheme = await crm.segmentation([
    ['gold', times(2)],
    ['silver', times(1)],
  ]);
  const [gold, silver] = scheme.classes.map(({ segmentId }: { segmentId: string }) => segmentId);
  const rest = scheme.else.segmentId;
  expect(scheme).toMatchObject({
    state: 'building',
    classes: [{ name: 'gold' }, { name: 'silver' }],
    else: { name: 'rest' },
  });
  const ben = await crm.customer({ givenName: 'Ben' });
  await crm.idle();
  expect(await crm.members(rest)).toEqual([ada, ben].sort());
  for (const [nth, segmentId] of [silver, gold].entries()) {
    await crm.order(ada, `${nth}-${crm.tenant}`);
    await crm.idle();
    expect(await crm.segmentsOf(ada)).toEqual([segmentId]);
  }
  expect(await crm.moves(ada, silver)).toEqual(['entered', 'left']);
  expect(await crm.shown(gold)).toMatchObject({ name: 'gold', segmentationId: scheme.id, size: 1, state: 'ready' });
  expect((await crm.all('GET /v1/segments/{id}/history', gold))[0]).toMatchObject({ size: 1 });
  expect((await crm.change(gold, { name: 'x' })).body.code).toBe('segment.is-class');
});

test('classes of the same names stay what they were when a segmentation changes, and go with it', async () => {
  const crm = await marketer();
  const ada = await crm.customer({ givenName: 'Ada' });
  const { id, ...scheme } = await crm.segmentation([
    ['a', { attribute: 'givenName', is: 'Ada' }],
    ['b', { attribute: 'givenName', is: 'Ben' }],
  ]);
  await crm.idle();
  const change = (body: object) => crm.at('PATCH /v1/segmentations/{id}', id, { body });
  const used = await crm.segment({ segment: scheme.classes[1].segmentId }, { name: 'User' });
  const classes = [{ name: 'a', condition: { attribute: 'givenName', is: 'Cy' } }];
  expect((await change({ classes })).body.code).toBe('segment.in-use');
  await crm.at('DELETE /v1/segments/{id}', used.id);
  const changed = crm.done(200, await change({ classes: [...classes, { name: 'c', condition: times(1) }] }));
  expect(changed.classes[0].segmentId).toBe(scheme.classes[0].segmentId);
  await crm.idle();
  expect(await crm.segmentsOf(ada)).toEqual([scheme.else.segmentId]);
  expect((await crm.at('GET /v1/segments/{id}', scheme.classes[1].segmentId)).status).toBe(404);
  expect((await change({ else: 'c' })).status).toBe(422);
  expect((await crm.at('DELETE /v1/segmentations/{id}', id)).status).toBe(200);
  await crm.idle();
  expect(await crm.segmentsOf(ada)).toEqual([]);
  expect((await crm.ask('GET /v1/segments')).body.items).toEqual([]);
});
