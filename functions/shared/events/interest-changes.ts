import { add, type Change } from '../store/changes.ts';
import { interest } from './interest.ts';

/** Counts subscriptions by key: the relay publishes tracked behaviour and quiet events by these counters. */
export const interestChanges = (was: ReadonlySet<string>, is: ReadonlySet<string>): Change[] => {
  const changed = [
    ...[...is].filter(key => !was.has(key)).map(key => ({ key, by: 1 })),
    ...[...was].filter(key => !is.has(key)).map(key => ({ key, by: -1 })),
  ];
  // a transaction may touch an item once: what is counted in one item is added at once
  const items = Map.groupBy(changed, ({ key }) => interest.counters(key).join('#'));
  return [...items.values()].map(together =>
    add(interest.counters(together[0]!.key), Object.fromEntries(together.map(({ key, by }) => [key, by]))),
  );
};
