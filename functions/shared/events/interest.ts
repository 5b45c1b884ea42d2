const behaviour = new Set(['tracked.track', 'tracked.page', 'tracked.screen']);

/** the key of those who listen to everything, and the name of those who listen to every name */
export const everything = '*';

/** the key of those who listen to a tracked behaviour of a name */
export const behaviourKey = (type: string, name: string) => `${type}/${name}`;

/** items that the counters of names are spread over, so that no item grows with the number of triggers */
const shards = 64;

const shardOf = (key: string) => {
  let hash = 0;
  for (let at = 0; at < key.length; at++) hash = (hash * 31 + key.charCodeAt(at)) >>> 0;
  return 1 + (hash % shards);
};

/**
 * What anybody listens to, per tenant: counters named `customer.created`, `tracked.track/Product Viewed`, or
 * `tracked.track/*` for listeners to every name, kept by whoever starts or stops listening.
 */
export const interest = {
  /** identify, group and alias calls are not behaviour: they are always published */
  counted: (type: string) => behaviour.has(type),
  /** the keys under which somebody may listen to an event of a type; behaviour has names too */
  keys: (type: string, name = '') =>
    behaviour.has(type) ? [behaviourKey(type, name), behaviourKey(type, everything), everything] : [type, everything],
  /** the item that a key is counted in; all listeners to every name share one */
  counters: (key: string): [kind: string, id: string] => [
    'interest',
    key.endsWith(everything) ? '0' : String(shardOf(key)),
  ],
};
