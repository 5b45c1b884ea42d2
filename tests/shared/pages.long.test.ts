import { expect, test } from 'vitest';
import { allPages, everyRecord } from '../../functions/shared/store/record-page.ts';
import { cutPages, filled, things } from './pages-world.ts';

test('however small the pages of the table are, a list has all its records once and in order', async () => {
  const { store, ids } = await filled();
  const idsOf = (found: { id: string }[]) => found.map(({ id }) => id);
  for (const size of [1, 3, 7, 100]) {
    cutPages(size);
    for (const name of ['sharded', 'items', 'customer']) {
      for (const upwards of [true, false]) {
        const by = name === 'customer' ? 'cus_1' : 'all';
        const found = await allPages(cursor => store.list(things, name, by, { limit: 5, cursor, upwards }));
        expect([size, name, idsOf(found)]).toEqual([size, name, upwards ? ids : ids.toReversed()]);
      }
    }
    const belonging = await allPages(cursor => store.belonging(things, 'cus_1', { limit: 5, cursor, upwards: true }));
    expect(idsOf(belonging).sort()).toEqual(ids);
    expect(
      idsOf(await Array.fromAsync(everyRecord(store, things, ['thing', 'all'], { limit: 5, upwards: true }))),
    ).toEqual(ids);
  }
});
