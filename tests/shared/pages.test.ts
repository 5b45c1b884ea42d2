import { expect, test } from 'vitest';
import { allPages } from '../../functions/shared/store/record-page.ts';
import { cutPages, filled, things } from './pages-world.ts';

test('fewer than the limit are all there are', async () => {
  const { store, ids } = await filled();
  cutPages(3);
  expect(await store.owned('cus_1', { limit: 200 })).toHaveLength(ids.length);
  expect(await store.filed('cus_1', { kinds: ['thing'], limit: 200 })).toHaveLength(2 * ids.length);
  const { items, last } = await store.partition(['thing', 'all'], { limit: 200 });
  expect([items.length, last]).toEqual([ids.length, undefined]);
  const beside = await store.beside(things, 'word', 'w20', { limit: 15, upwards: true });
  expect(beside).toHaveLength(15);
});

test('lookups go on behind a page that has only expired items', async () => {
  const { store } = await filled();
  cutPages(1);
  const found = await allPages(cursor => store.lookup(things, 'word', 'w', { limit: 2, cursor, prefix: true }));
  expect(found).toHaveLength(30);
});

test('an empty string in a key is refused as DynamoDB does', async () => {
  const { store } = await filled();
  const beside = { limit: 5, upwards: false, within: '' };
  expect(await store.beside(things, 'word', 'w20', beside)).toHaveLength(5);
  const within = { from: '', to: 'x' };
  await expect(store.partition(['thing', 'all'], { limit: 5, within })).rejects.toThrow('a key cannot be empty');
  await expect(store.get(things, { id: '' })).rejects.toThrow('a key cannot be empty');
});
