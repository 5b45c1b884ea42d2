import { add, type Change, put, remove } from '../shared/changes.ts';
import { indexKeys } from '../shared/interest.ts';
import { interest } from '../shared/interests.ts';
import { type FiledTrigger, filedTriggers, type Trigger } from './trigger.ts';

type Active = Pick<Trigger, 'state' | 'when'>;

const keysOf = (trigger: Active | undefined) => new Set(trigger?.state === 'active' ? indexKeys(trigger.when) : []);

/** the relay publishes tracked behaviour, and what is said quietly, by these counters */
const interestIn = (was: Set<string>, is: Set<string>): Change[] => {
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

/** What keeps the index of active triggers, and what the relay publishes, in step with one trigger. Pure. */
export const filing = (before: Trigger | undefined, after: Trigger, channels: FiledTrigger['channels']): Change[] => {
  const [was, is] = [keysOf(before), keysOf(after)];
  const { id, version, name, when, then } = after;
  const filed = { id, version, name, when, if: after.if, then, channels };
  return [
    ...[...is].map(key => put(filedTriggers, { ...filed, key })),
    ...[...was]
      .filter(key => !is.has(key))
      .map(key => remove(filedTriggers, { ...filed, key, version: before?.version ?? 0 })),
    ...interestIn(was, is),
  ];
};
