import { expect, test } from 'vitest';
import { tracker } from '../tracking/tracker.ts';
import { world } from '../world.ts';

test('a rejected call leaves no message id that names the person', async () => {
  const crm = await world();
  const shop = await tracker(crm);
  const generated = 'ajs-next-1793433600000-6f9619ff-8b86-4011-b42d-00cf4fc964ff';
  const ids = ['ada@example.com-1', 'order-u-4711-2', 'Ada-Tan-1984-03-09', generated];
  for (const messageId of ids) await shop.post('/v1/track', { userId: 'u-4711', messageId });
  await shop.idle();
  const { body } = await crm.ask('GET /v1/tracking/rejections');
  const reasons = body.items.flatMap((one: { reasons: { messageId: string | null }[] }) => one.reasons);
  expect(reasons.map((one: { messageId: string | null }) => one.messageId).sort()).toEqual([
    generated,
    null,
    null,
    null,
  ]);
});
