/** Does something for each of many, so many at a time, and gives what came of it in their order. */
export const mapConcurrent = async <T, R>(
  all: readonly T[],
  most: number,
  one: (value: T) => Promise<R> | R,
): Promise<R[]> => {
  const done: R[] = [];
  for (let at = 0; at < all.length; at += most) done.push(...(await Promise.all(all.slice(at, at + most).map(one))));
  return done;
};
