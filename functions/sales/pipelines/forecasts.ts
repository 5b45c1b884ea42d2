import * as z from 'zod';
import { forecastOverridden, quotaSet } from '../../../events/forecast.ts';
import { staff } from '../../organisation/staff-member.ts';
import { invalid } from '../../shared/http/api-error.ts';
import { handlers } from '../../shared/http/contract.ts';
import { parse } from '../../shared/http/parse.ts';
import { type Counts, emit } from '../../shared/store/changes.ts';
import { allPages, everyRecord } from '../../shared/store/record-page.ts';
import { putRecord } from '../../shared/store/records.ts';
import type { Store } from '../../shared/store/store.ts';
import { closedIn, opportunities } from '../opportunities/opportunity.ts';
import {
  daysOf,
  type ForecastQuery,
  forecastOf,
  Month,
  monthsOf,
  Overridable,
  type Override,
  overrideParts,
  overrides,
  type Quota,
  quotas,
  statedOf,
} from './forecast.ts';
import { forecastRoutes } from './forecast-routes.ts';
import { readDays, readForecast, tallyId } from './forecast-tally.ts';
import { outcomesOf } from './outcomes.ts';
import { PipelineId, pipelineById } from './pipeline.ts';

const Placed = z.object({ pipelineId: PipelineId, period: Month, category: Overridable.optional() });

const mostMembers = 200;

/** whose figures are asked for; undefined: those of all */
const ownersOf = async (store: Store, { ownerId, team }: z.output<typeof ForecastQuery>) => {
  if (ownerId && team) throw invalid([{ path: 'team', message: 'give either ownerId or team' }]);
  if (!team) return ownerId ? [ownerId] : undefined;
  const found = await allPages(cursor => store.list(staff, 'team', team, { limit: 100, cursor }), mostMembers);
  return found.map(({ id }) => id);
};

const countersOf = async (store: Store, pipelineId: string, month: string, owners?: string[]): Promise<Counts[]> => {
  const ids = owners ? owners.map(owner => tallyId(pipelineId, month, owner)) : [tallyId(pipelineId, month)];
  return Promise.all(ids.map(id => readForecast(store, id)));
};

/** what staff stated about a month: of all, or of each owner */
const statedIn = async (store: Store, pipelineId: string, month: string, owners?: string[]) => {
  const each = (owners ?? [null]).map(async ownerId => {
    const [quota, all] = await Promise.all([
      store.get(quotas, { pipelineId, period: month, ownerId }),
      Array.fromAsync(
        everyRecord(store, overrides, statedOf(pipelineId, month), {
          within: overrideParts(ownerId ?? ''),
          upwards: true,
        }),
      ),
    ]);
    return { quotas: quota ? [quota] : [], overrides: all };
  });
  return Promise.all(each);
};

/** months between two, both included */
const monthsBetween = (from: string, to: string) => {
  const years = Array.from({ length: Number(to.slice(0, 4)) - Number(from.slice(0, 4)) + 1 }, (_, nth) =>
    monthsOf(String(Number(from.slice(0, 4)) + nth)),
  );
  return years.flat().filter(month => month >= from && month <= to);
};

/** closed opportunities that one comparison looks at */
const mostClosed = 2000;

export const forecastHandlers = handlers(forecastRoutes, {
  readForecast: async ({ query }, { now, store }) => {
    const { period = now.slice(0, 'YYYY-MM'.length), currency } = query;
    const [pipeline, owners] = await Promise.all([pipelineById(store, query.pipelineId), ownersOf(store, query)]);
    const months = monthsOf(period);
    const [counts, stated] = await Promise.all([
      Promise.all(months.map(month => countersOf(store, pipeline.id, month, owners))),
      Promise.all(months.map(month => statedIn(store, pipeline.id, month, owners))),
    ]);
    const all = stated.flat();
    const said = { quotas: all.flatMap(one => one.quotas), overrides: all.flatMap(one => one.overrides) };
    return { ...forecastOf(pipeline, { counts: counts.flat(), stated: said, currency }), period, at: now };
  },
  readForecastDays: async ({ query: { pipelineId, period, currency } }, { store }) => {
    const pipeline = await pipelineById(store, pipelineId);
    return { items: daysOf(pipeline, await readDays(store, tallyId(pipeline.id, period)), currency) };
  },
  overrideForecast: async ({ params, body: { ownerId = null, ...given } }, { now, actor, store }) => {
    const { category = 'commit', ...place } = parse(Placed, params);
    await pipelineById(store, place.pipelineId);
    const key = { ...place, category, ownerId };
    const changes = (after: Override) => [
      emit(forecastOverridden, { about: place.pipelineId, data: { ...key, ...given, amount: after.amount } }),
    ];
    return putRecord(overrides, key, { ...key, ...given, by: actor }, { now, store, changes });
  },
  setQuota: async ({ params, body: { ownerId = null, amount } }, { now, store }) => {
    const { pipelineId, period } = parse(Placed.omit({ category: true }), params);
    await pipelineById(store, pipelineId);
    const key = { pipelineId, period, ownerId };
    const changes = () => [emit(quotaSet, { about: pipelineId, data: { ...key, amount } })];
    return putRecord(quotas, key, { ...key, amount }, { now, store, changes });
  },
  listQuotas: async ({ params, query }, { store }) => {
    const { pipelineId, period } = parse(Placed.omit({ category: true }), params);
    await pipelineById(store, pipelineId);
    const part = { ...query, within: { from: 'quota#', to: 'quota$' }, upwards: true };
    const { items, nextCursor } = await store.range(statedOf(pipelineId, period), part);
    return { items: items.map(item => item.doc as Quota), nextCursor };
  },
  readOutcomes: async ({ params: { id }, query: { from, to, by } }, { store }) => {
    const pipeline = await pipelineById(store, id);
    if (to < from) throw invalid([{ path: 'to', message: 'is before from' }]);
    const months = monthsBetween(from, to);
    if (months.length > 24) throw invalid([{ path: 'to', message: 'is more than 24 months after from' }]);
    const partitions = months.map(month => closedIn(pipeline.id, month));
    const found = await allPages(
      cursor => store.list(opportunities, 'closed', partitions, { limit: 500, cursor }),
      mostClosed,
    );
    return { ...outcomesOf(found.slice(0, mostClosed), by), complete: found.length < mostClosed };
  },
});
