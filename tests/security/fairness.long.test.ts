import { expect, test } from 'vitest';
import { tracker } from '../tracking/tracker.ts';
import { world } from '../world.ts';

const burst = 300;

test('the burst of one company does not delay what another one waits for', async () => {
  const [loud, quiet] = [await tracker(await world()), await tracker(await world())];
  const identify = (userId: string) => ({ type: 'identify', userId, traits: { firstName: userId } });
  const known = async ({ ask }: typeof quiet) => {
    let found = 0;
    let cursor: string | undefined;
    do {
      const { body } = await ask('GET /v1/customers', { query: { limit: 100, ...(cursor ? { cursor } : {}) } });
      found += body.items.length;
      cursor = body.nextCursor ?? undefined;
    } while (cursor);
    return found;
  };
  const batch = (from: number) => Array.from({ length: 100 }, (_, nth) => identify(`loud-${from + nth}`));
  const starts = Array.from({ length: burst / 100 }, (_, nth) => nth * 100);
  await Promise.all(starts.map(from => loud.post('/v1/batch', { batch: batch(from) })));
  await quiet.post('/v1/batch', { batch: [identify('quiet')] });
  await expect.poll(() => known(quiet), { timeout: 60_000, interval: 20 }).toBe(1);
  expect(await known(loud)).toBeLessThan(burst);
  await loud.idle(60_000);
  expect(await known(loud)).toBe(burst);
});
