import * as z from 'zod';
import { lists, route } from '../../shared/http/contract.ts';
import { pipelineNotFound } from '../errors.ts';
import { Days, Forecast, ForecastQuery, Month, Override, OverrideFields, Quota, QuotaFields } from './forecast.ts';
import { By, Outcomes } from './outcomes.ts';

const read = { scope: 'forecasts.read' as const, errors: [pipelineNotFound] };
const write = { scope: 'forecasts.write' as const, errors: [pipelineNotFound] };
const amount = { amount: 50_000_000, currency: 'SGD' };

export const forecastRoutes = {
  readForecast: route('GET /v1/forecasts', {
    summary: 'Read what a pipeline is expected to bring in a month, quarter or year, of all, an owner or a team',
    ...read,
    query: ForecastQuery,
    reply: Forecast,
  }),
  readForecastDays: route('GET /v1/forecasts/days', {
    summary: 'Read how the forecast of a month came about: its figures at the end of each day on which they changed',
    ...read,
    query: ForecastQuery.omit({ ownerId: true, team: true }).extend({ period: Month }),
    reply: Days,
  }),
  overrideForecast: route('PUT /v1/forecasts/{pipelineId}/{period}/overrides/{category}', {
    summary: 'State another figure of a month than its opportunities come to, with the reason; both are shown',
    ...write,
    body: OverrideFields,
    reply: Override,
    location: ({ pipelineId, period }) => `/v1/forecasts?pipelineId=${pipelineId}&period=${period}`,
    example: { amount, reason: 'two contracts slip into January' },
  }),
  setQuota: route('PUT /v1/quotas/{pipelineId}/{period}', {
    summary: 'Set what is to be won in a month, by all or by an owner',
    scope: 'settings.admin',
    errors: [pipelineNotFound],
    body: QuotaFields,
    reply: Quota,
    location: ({ pipelineId, period }) => `/v1/quotas/${pipelineId}/${period}`,
    example: { amount },
  }),
  listQuotas: route('GET /v1/quotas/{pipelineId}/{period}', {
    summary: 'List the quotas of a month: of all first, then those of owners',
    ...read,
    ...lists(Quota),
  }),
  readOutcomes: route('GET /v1/pipelines/{id}/outcomes', {
    summary: 'Compare what was won and lost in some months by reason, stage, source, owner or competitor',
    ...read,
    query: z.strictObject({ from: Month, to: Month, by: By.default('reason') }),
    reply: Outcomes,
  }),
};
