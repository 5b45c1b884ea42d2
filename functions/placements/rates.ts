import { cacheFor } from '../shared/cache.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Change } from '../shared/store/changes.ts';
import { shardedCounters } from '../shared/store/sharded-counters.ts';
import type { Store } from '../shared/store/store.ts';
import { probabilityOf, type Rates } from './choose-offer.ts';
import { placements } from './offer.ts';
import type { Decided } from './touch.ts';

const results = shardedCounters('placement-results', 8);

const nameOf = ({ offerId, control }: Pick<Decided, 'offerId' | 'control'>) =>
  offerId ?? (control ? 'control' : 'fallback');

/** `proven`: not by a public write key, which anybody can use: what that reports is counted apart, and nothing is learned from it */
export const counted = (decided: Decided, whats: ('shown' | 'clicked')[], proven: boolean): Change[] =>
  results.add(
    decided.placementId,
    decided.id,
    Object.fromEntries(whats.map(what => [`${nameOf(decided)}.${proven ? what : `${what}ByPages`}`, 1])),
  );

const none = { shown: 0, clicked: 0, shownByPages: 0, clickedByPages: 0 };

const readRates = async (placementId: string, store: Store): Promise<Record<string, typeof none>> => {
  const rates: Record<string, typeof none> = {};
  for (const [name, count] of Object.entries(await results.read(store, placementId))) {
    const [id = '', what = ''] = name.split('.');
    rates[id] ??= { ...none };
    if (what in none) rates[id][what as keyof typeof none] += count;
  }
  return rates;
};

const known = cacheFor<Rates>(60_000, 1_000);

/** what came of the offers at a placement, as of the last minute */
export const ratesOf = async (placementId: string, { store, tenant, now }: Ctx): Promise<Rates> => {
  const rates = await known.of(`${tenant} ${placementId}`, { now }, () => readRates(placementId, store));
  const { control: _, fallback: __, ...ofOffers } = rates;
  return ofOffers;
};

export const readPlacementResults = async ({ params: { id = '' } }: { params: Record<string, string> }, ctx: Ctx) => {
  await ctx.store.need(placements, { id });
  const { control = none, fallback = none, ...offers } = await readRates(id, ctx.store);
  const items = Object.entries(offers).map(([offerId, counts]) => ({
    offerId,
    ...counts,
    probability: probabilityOf(offerId, offers).probability,
  }));
  return { offers: items, fallback, control };
};
