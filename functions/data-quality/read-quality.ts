import type { Handler } from '../shared/http/contract.ts';
import type { routes } from './contract.ts';
import { reports } from './report/report.ts';

/** reports that show how it goes */
const mostTrend = 12;

export const readQuality: Handler<typeof routes.readQuality> = async (_, { store }) => {
  const { items } = await store.list(reports, 'all', 'all', { limit: mostTrend });
  return { latest: items[0] ?? null, trend: items };
};
