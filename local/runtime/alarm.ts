import type { Clock } from './service.ts';

export type Alarm = { set(time: number | null | undefined): void };

/** One alarm on the runtime's clock, set to one time at once; `null` switches it off. */
export const alarm = (clock: Clock, ring: () => void): Alarm => {
  let setFor: number | undefined;
  let cancel = () => {};
  return {
    set(time) {
      const wanted = time ?? undefined;
      if (wanted === setFor) return;
      cancel();
      cancel = () => {};
      setFor = wanted;
      if (wanted === undefined) return;
      cancel = clock.at(wanted, () => {
        if (setFor === wanted) setFor = undefined;
        ring();
      });
    },
  };
};
