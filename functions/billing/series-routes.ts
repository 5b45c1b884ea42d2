import { handlers, lists, route } from '../shared/http/contract.ts';
import { putById } from '../shared/store/records.ts';
import { Series, SeriesFields, SeriesId, seriesById, serieses } from './series.ts';

export const seriesRoutes = {
  putSeries: route('PUT /v1/number-series/{id}', {
    summary: 'Set how quotes, orders or invoices are numbered; what has a number keeps it',
    scope: 'settings.admin',
    body: SeriesFields,
    reply: Series,
    location: ({ id }) => `/v1/number-series/${id}`,
    example: { prefix: 'Q-{year}-', digits: 5 },
  }),
  listSeries: route('GET /v1/number-series', {
    summary: 'List the series of numbers: quote, order and invoice',
    scope: 'settings.read',
    ...lists(Series),
  }),
};

export const seriesHandlers = handlers(seriesRoutes, {
  putSeries: putById(serieses, SeriesId, { changes: () => [] }),
  listSeries: async (_, { store }) => ({
    items: await Promise.all(SeriesId.options.map(id => seriesById(store, id))),
    nextCursor: null,
  }),
});
