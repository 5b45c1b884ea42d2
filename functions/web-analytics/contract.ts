import * as z from 'zod';
import { customerSettled } from '../../events/customer.ts';
import { leadCreated, leadIdentified } from '../../events/lead.ts';
import { Money } from '../../events/money.ts';
import { orderCancelled, orderChanged, orderCompleted, orderRefunded } from '../../events/order.ts';
import { visitDue } from '../../events/session.ts';
import { Day } from '../shared/fields.ts';
import { lists, on, route } from '../shared/http/contract.ts';
import { AdSpendFields } from './ad-spend.ts';
import { Session } from './session.ts';

export const about = 'Sessions of visitors on sites and in apps, and the sources they come from.';

const ShownSession = Session.omit({ visitor: true, firstOfDay: true }).extend({
  state: z.enum(['open', 'ended']),
});

const count = z.int();

const SourceFigures = z.object({
  day: Day.optional(),
  source: z.string().optional(),
  medium: z.string().optional(),
  campaign: z.string().nullable().optional(),
  sessions: count,
  visitors: count.describe('of each day, added up'),
  leads: count.describe('within 30 days of a session, by the last touch that was not direct; so are orders'),
  orders: count,
  revenue: z.array(Money).describe('of completed orders, less what was refunded; one amount a currency'),
  cost: z.array(Money),
});
export type SourceFigures = z.output<typeof SourceFigures>;

export const routes = {
  listSessions: route('GET /v1/customers/{id}/sessions', {
    summary: 'List the sessions of a customer on sites and in apps, latest first',
    scope: 'tracking.read',
    ...lists(ShownSession),
  }),
  readSources: route('GET /v1/sources', {
    summary:
      'Sum up sessions, visitors, leads, orders, revenue and cost by source, medium, campaign or day (UTC); `to` is left out, the last 30 days by default',
    scope: 'tracking.read',
    query: z.strictObject({
      from: Day.optional(),
      to: Day.optional(),
      by: z.enum(['source', 'medium', 'campaign', 'day']).default('source'),
    }),
    reply: z.object({ from: Day, to: Day, items: z.array(SourceFigures) }),
  }),
  putAdSpend: route('PUT /v1/ad-spend', {
    summary:
      'Record what sources of visits cost: the same day, source, medium, campaign and currency again replaces the amount; 0 takes it back',
    scope: 'marketing.write',
    body: z.strictObject({ rows: z.array(AdSpendFields).min(1, 'are none').max(90) }),
    reply: z.object({ rows: z.int() }),
    example: {
      rows: [
        {
          day: '2026-11-01',
          source: 'google',
          medium: 'cpc',
          campaign: 'spring sale',
          amount: { amount: 25_000, currency: 'SGD' },
        },
      ],
    },
  }),
};

export const subscriptions = {
  settleVisits: on(
    [visitDue, customerSettled],
    'divides the behaviour of a visitor into sessions, and counts them to their sources',
  ),
  countOutcome: on(
    [leadCreated, leadIdentified, orderCompleted, orderChanged, orderRefunded, orderCancelled],
    'counts leads and orders to the source of the visit before them',
  ),
};
