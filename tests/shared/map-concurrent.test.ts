import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mapConcurrent } from '../../functions/shared/map-concurrent.ts';

test('what fails takes no other with it, and the first error is thrown when all are done', async () => {
  const items = fc.array(fc.boolean(), { maxLength: 30 });
  const property = fc.asyncProperty(items, fc.integer({ min: 1, max: 7 }), async (fails, most) => {
    const reached: number[] = [];
    const outcome = mapConcurrent([...fails.keys()], most, nth => {
      reached.push(nth);
      if (fails[nth]) throw new Error(`item ${nth}`);
      return nth;
    });
    const first = fails.indexOf(true);
    if (first < 0) expect(await outcome).toEqual([...fails.keys()]);
    else await expect(outcome).rejects.toThrow(`item ${first}`);
    expect(reached).toEqual([...fails.keys()]);
  });
  await fc.assert(property);
});
