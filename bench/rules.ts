/** A small seeded generator (mulberry32): the same numbers from 0 to 1 in every run. */
export const seeded = (seed: number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

type Random = () => number;

const upTo = (random: Random, limit: number) => Math.floor(random() * limit);

/** a fifth each of what triggers say of an event's properties */
const kinds: ((random: Random) => Record<string, unknown>)[] = [
  random => ({ model: [`model-${upTo(random, 50)}`] }),
  random => ({ price: [{ numeric: ['>', upTo(random, 900), '<=', 900 + upTo(random, 100)] }] }),
  random => ({ path: [{ prefix: `/cars/${upTo(random, 50)}` }] }),
  random => ({ country: [{ 'anything-but': [`c${upTo(random, 20)}`, `c${upTo(random, 20)}`] }] }),
  random => ({ file: [{ suffix: `.${upTo(random, 10)}` }], price: [{ numeric: ['>=', upTo(random, 1000)] }] }),
];

const nameOf = (nth: number) => `Event ${nth}`;

/** so many patterns of triggers, each waiting for one of `names` event names and something of its properties */
export const rules = (count: number, names: number, random: Random) =>
  Array.from({ length: count }, (_, nth) => ({
    id: `rule-${nth}`,
    pattern: {
      'detail-type': ['tracked.track'],
      detail: {
        data: { event: [nameOf(nth % names)], properties: kinds[Math.floor(nth / names) % kinds.length]!(random) },
      },
    },
  }));

/** so many bus events of tracked behaviour over these names, as JSON of about 600 bytes */
export const busEvents = (count: number, names: number, random: Random) =>
  Array.from({ length: count }, (_, nth) =>
    JSON.stringify({
      source: 'rapport.tracking',
      'detail-type': 'tracked.track',
      detail: {
        id: `evt_${nth}`,
        tenant: 'bench',
        occurredAt: '2026-11-22T08:00:00.000Z',
        customerId: 'cus_01jd5e7k3m9q2r4t6v8w0x1y2z',
        actor: 'source:wk_01jd5e7k3m9q2r4t6v8w0x1y2z',
        about: 'cus_01jd5e7k3m9q2r4t6v8w0x1y2z',
        data: {
          event: nameOf(upTo(random, names)),
          properties: {
            model: `model-${upTo(random, 50)}`,
            price: upTo(random, 1000),
            path: `/cars/${upTo(random, 50)}/view`,
            country: `c${upTo(random, 20)}`,
            file: `brochure.${upTo(random, 10)}`,
          },
          context: { page: { url: 'https://auto.example/cars/volt-7', title: 'Volt 7' }, locale: 'en-SG' },
        },
      },
    }),
  );
