import { modelNames } from './cars.ts';
import type { Person } from './people.ts';
import type { Random } from './random.ts';

const from = Date.parse('2026-10-22T00:00:00.000Z');
const days = 30;

const sources = ['google', 'facebook', 'newsletter', 'sgcarmart', ''] as const;

const steps = [
  ['Model Viewed', 45],
  ['Price List Downloaded', 9],
  ['Finance Calculated', 12],
  ['Test Drive Requested', 5],
  ['Trade-In Estimated', 6],
  ['Service Booked', 8],
] as const;

/** what the calls of one visit have in common */
const visit = (random: Random, { userId, anonymousId }: Person, at: number) => ({
  who: random.chance(0.35) ? { anonymousId } : { userId, anonymousId },
  source: random.pick(sources),
  at,
});

const call = (random: Random, { who, source, at }: ReturnType<typeof visit>, nth: number) => {
  const { sku, name } = random.pick(modelNames);
  const campaign =
    source && nth === 0 ? { campaign: { source, medium: source === 'newsletter' ? 'email' : 'cpc' } } : {};
  const common = {
    messageId: `m-${random.hex(16)}`,
    ...who,
    timestamp: new Date(at + nth * random.int(20, 240) * 1000).toISOString(),
  };
  if (nth === 0) {
    return {
      type: 'page',
      ...common,
      name: 'Home',
      properties: { path: '/' },
      ...(source ? { context: campaign } : {}),
    };
  }
  const event = random.weighted(steps);
  const properties = event === 'Finance Calculated' ? { sku, months: random.pick([36, 60, 84]) } : { sku, name };
  return { type: 'track', ...common, event, properties };
};

/** a month of visits to the web site, oldest first: tracked calls as Segment's libraries send them */
export const behaviourOf = (random: Random, visitors: Person[], visits: number) =>
  Array.from({ length: visits }, () => {
    const at = from + random.int(0, days * 86_400 - 3600) * 1000;
    const one = visit(random, random.pick(visitors), at);
    return Array.from({ length: random.int(1, 5) }, (_, nth) => call(random, one, nth));
  })
    .flat()
    .sort((a, b) => (a.timestamp < b.timestamp ? -1 : 1));
