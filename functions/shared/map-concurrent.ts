/** Maps items with limited concurrency; the results are in the order of the items. */
export const mapConcurrent = async <T, R>(
  all: readonly T[],
  most: number,
  one: (value: T) => Promise<R> | R,
): Promise<R[]> => {
  const done: R[] = [];
  for (const some of chunksOf(all, most)) done.push(...(await Promise.all(some.map(one))));
  return done;
};

export const chunksOf = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, nth) => all.slice(nth * size, (nth + 1) * size));
