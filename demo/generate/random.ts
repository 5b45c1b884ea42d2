/** Numbers that look random and are the same every time (mulberry32). */
export const seeded = (seed: number) => {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  const pick = <T>(from: readonly T[]): T => from[int(0, from.length - 1)] as T;
  return {
    int,
    pick,
    chance: (share: number) => next() < share,
    digits: (count: number) => Array.from({ length: count }, () => int(0, 9)).join(''),
    hex: (count: number) => Array.from({ length: count }, () => int(0, 15).toString(16)).join(''),
    /** one of several, each as often as its weight says */
    weighted: <T>(from: readonly (readonly [T, number])[]): T => {
      let left = next() * from.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [value, weight] of from) {
        left -= weight;
        if (left < 0) return value;
      }
      return from[0]![0];
    },
    shuffled: <T>(values: readonly T[]): T[] => {
      const mixed = [...values];
      for (let at = mixed.length - 1; at > 0; at--) {
        const other = int(0, at);
        [mixed[at], mixed[other]] = [mixed[other] as T, mixed[at] as T];
      }
      return mixed;
    },
  };
};

export type Random = ReturnType<typeof seeded>;
