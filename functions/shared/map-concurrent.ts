/** Maps items with limited concurrency, each whatever becomes of the others; the outcomes are in the order of the items. */
export const settleConcurrent = async <T, R>(
  all: readonly T[],
  most: number,
  one: (value: T) => Promise<R> | R,
): Promise<PromiseSettledResult<R>[]> => {
  const done: PromiseSettledResult<R>[] = [];
  for (const some of chunksOf(all, most)) done.push(...(await Promise.allSettled(some.map(async value => one(value)))));
  return done;
};

/** The same for results: what fails takes no other with it; after all of them the first error is thrown. */
export const mapConcurrent = async <T, R>(
  all: readonly T[],
  most: number,
  one: (value: T) => Promise<R> | R,
): Promise<R[]> =>
  (await settleConcurrent(all, most, one)).map(outcome => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });

export const firstError = (outcomes: PromiseSettledResult<unknown>[]): unknown =>
  outcomes.find(outcome => outcome.status === 'rejected')?.reason;

export const chunksOf = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, nth) => all.slice(nth * size, (nth + 1) * size));
