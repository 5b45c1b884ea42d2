import { expect, test } from 'vitest';
import { gather } from '../../functions/computed-attributes/gather.ts';

const turns = () => {
  const done: number[][] = [];
  const act = async (items: number[]) => {
    await new Promise(resolve => setTimeout(resolve, 5));
    done.push(items);
    if (items.includes(13)) throw new Error('unlucky');
  };
  const ask = (item: number, alike = 'a', customer = 'ada', size = 1) => gather({ customer, alike, item, size }, act);
  return { done, ask };
};

test('items that arrive during a turn are processed together in the next', async () => {
  const { done, ask } = turns();
  const first = ask(1);
  await new Promise(resolve => setTimeout(resolve, 1));
  await Promise.all([first, ask(2), ask(3), ask(4, 'b'), ask(5, 'a', 'bo')]);
  expect(done).toContainEqual([1]);
  expect(done).toContainEqual([2, 3]);
  expect(done).toContainEqual([4]);
  expect(done).toContainEqual([5]);
});

test('a failure fails all items processed with it, and delays no others', async () => {
  const { ask } = turns();
  const first = ask(1);
  await new Promise(resolve => setTimeout(resolve, 1));
  const reply = await Promise.allSettled([first, ask(13), ask(14), ask(15, 'b')]);
  expect(reply.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
});

test('no more items are processed together than fit', async () => {
  const { done, ask } = turns();
  await Promise.all([1, 2, 3].map(nth => ask(nth, 'a', 'cy', 18)));
  expect(done).toEqual([[1, 2], [3]]);
});
