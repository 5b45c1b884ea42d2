/** Maps items with limited concurrency; the results are in the order of the items. */
export const mapConcurrent = async <T, R>(
  all: readonly T[],
  most: number,
  one: (value: T) => Promise<R> | R,
): Promise<R[]> => {
  const done: R[] = [];
  for (let at = 0; at < all.length; at += most) done.push(...(await Promise.all(all.slice(at, at + most).map(one))));
  return done;
};
