export const median = (values: number[]) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
};

export const round = (value: number, digits = 0) => Number(value.toFixed(digits));

/** does `work` so many times, some at once; gives how many a second */
export const rate = async (times: number, atOnce: number, work: (nth: number) => Promise<unknown>) => {
  let next = 0;
  const begun = performance.now();
  const worker = async () => {
    while (next < times) await work(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return (times * 1000) / (performance.now() - begun);
};
