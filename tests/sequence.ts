/** a repeatable stream of whole numbers (mulberry32) */
export const sequence = (seed: number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    const mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
};

/** repeatable choices */
export const chance = (seed: number) => {
  const next = sequence(seed);
  const below = (most: number) => next() % most;
  const pick = <T>(values: readonly T[]): T => values[below(values.length)]!;
  const several = <T>(most: number, make: () => T): T[] => Array.from({ length: below(most + 1) }, make);
  return { below, pick, several };
};
