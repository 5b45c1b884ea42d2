import { indexKeys } from '../shared/events/event-index.ts';
import { interestChanges } from '../shared/events/interest-changes.ts';
import { type Change, put, remove } from '../shared/store/changes.ts';
import { type FiledTrigger, filedTriggers, type Trigger } from './trigger.ts';

type Active = Pick<Trigger, 'state' | 'when'>;

const keysOf = (trigger: Active | undefined) => new Set(trigger?.state === 'active' ? indexKeys(trigger.when) : []);

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
    ...interestChanges(was, is),
  ];
};
