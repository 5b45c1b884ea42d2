import { expect, test } from 'vitest';
import { tracker } from '../tracking/tracker.ts';
import { world } from '../world.ts';

const burst = 200;

test('the burst of one company does not delay what another one waits for', async () => {
  const [loud, quiet] = [await tracker(await world()), await tracker(await world())];
  const identify = (userId: string) => ({ type: 'identify', userId, traits: { firstName: userId } });
  const known = async ({ ask }: typeof quiet) => {
    const { body } = await ask('GET /v1/customers', { query: { limit: 100 } });
    return body.items.length as number;
  };
  for (let sent = 0; sent < burst; sent += 100)
    await loud.post('/v1/batch', { batch: Array.from({ length: 100 }, (_, nth) => identify(`loud-${sent + nth}`)) });
  await quiet.post('/v1/batch', { batch: [identify('quiet')] });
  await expect.poll(() => known(quiet), { timeout: 60_000, interval: 20 }).toBe(1);
  expect(await known(loud)).toBeLessThan(100);
  await loud.idle(60_000);
  expect(await known(loud)).toBe(100);
}, 120_000);
