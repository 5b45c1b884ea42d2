import { expect, test } from 'vitest';
import { gather } from '../../../functions/computed-attributes/gather.ts';

const turns = () => {
  const done: number[][] = [];
  const act = async (items: number[]) => {
    await new Promise(resolve => setTimeout(resolve, 5));
    done.push(items);
    if (items.includes(13)) throw new Error('unlucky');
  };
  const ask = (item: number, like = 'a', whose = 'ada', size = 1) => gather({ whose, like, item, size }, act);
  return { done, ask };
};

test('calls during a running batch are done together in the next one', async () => {
  const { done, ask } = turns();
  const first = ask(1);
  await new Promise(resolve => setTimeout(resolve, 1));
  await Promise.all([first, ask(2), ask(3), ask(4, 'b'), ask(5, 'a', 'bo')]);
  expect(done).toContainEqual([1]);
  expect(done).toContainEqual([2, 3]);
  expect(done).toContainEqual([4]);
  expect(done).toContainEqual([5]);
});

test('a failure fails its whole batch and blocks no other', async () => {
  const { ask } = turns();
  const first = ask(1);
  await new Promise(resolve => setTimeout(resolve, 1));
  const told = await Promise.allSettled([first, ask(13), ask(14), ask(15, 'b')]);
  expect(told.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
});

test('a batch is limited', async () => {
  const { done, ask } = turns();
  await Promise.all([1, 2, 3].map(nth => ask(nth, 'a', 'cy', 18)));
  expect(done).toEqual([[1, 2], [3]]);
});
