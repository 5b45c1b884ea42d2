import { handlers } from '../shared/http/contract.ts';
import { putById } from '../shared/store/records.ts';
import { SeriesId, seriesById, serieses } from './series.ts';
import { seriesRoutes } from './series-routes.ts';

export const seriesHandlers = handlers(seriesRoutes, {
  putSeries: putById(serieses, SeriesId, { changes: () => [] }),
  listSeries: async (_, { store }) => ({
    items: await Promise.all(SeriesId.options.map(id => seriesById(store, id))),
    nextCursor: null,
  }),
});
