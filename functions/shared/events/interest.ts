import { cartCalls, orderCalls } from '../../../events/tracked.ts';
import { add, type Change } from '../store/changes.ts';
import { shardOf } from '../store/entity.ts';

const reactedTo = new Set([...orderCalls, ...cartCalls]);

const behaviour = new Set(['tracked.track', 'tracked.page', 'tracked.screen']);

/** the key of subscriptions to everything, and the name of those to every name */
export const everything = '*';

export const behaviourKey = (type: string, name: string) => `${type}/${name}`;

/** items that the counters of names are spread over, so that no item grows with the number of triggers */
const shards = 64;

/**
 * What is subscribed to, per tenant: counters named `customer.created`, `tracked.track/Product Viewed`, or
 * `tracked.track/*` for subscriptions to every name, updated when a subscription starts or ends.
 */
export const interest = {
  /** a call that something of ours reacts to, whoever else subscribes to it */
  always: (type: string, name = '') => type === 'tracked.track' && reactedTo.has(name),
  /** identify, group and alias calls are not behaviour: they are always published */
  counted: (type: string) => behaviour.has(type),
  keys: (type: string, name = '') =>
    behaviour.has(type) ? [behaviourKey(type, name), behaviourKey(type, everything), everything] : [type, everything],
  counters: (key: string): [kind: string, id: string] => [
    'interest',
    key.endsWith(everything) ? '0' : String(1 + shardOf(key, shards)),
  ],
};

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
