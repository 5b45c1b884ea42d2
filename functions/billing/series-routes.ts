import { lists, route } from '../shared/http/contract.ts';
import { Series, SeriesFields } from './series.ts';

export const seriesRoutes = {
  putSeries: route('PUT /v1/number-series/{id}', {
    summary: 'Set how quotes, orders, invoices or credit notes are numbered; what has a number keeps it',
    scope: 'settings.admin',
    body: SeriesFields,
    reply: Series,
    location: ({ id }) => `/v1/number-series/${id}`,
    example: { prefix: 'Q-{year}-', digits: 5 },
  }),
  listSeries: route('GET /v1/number-series', {
    summary: 'List the series of numbers: quote, order, invoice and creditNote',
    scope: 'settings.read',
    ...lists(Series),
  }),
};
