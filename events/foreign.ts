import * as z from 'zod';
import { Money } from './money.ts';
import { OrderLine, OrderStatus } from './order.ts';

/** An event that a company's own systems put on the bus, from a source of their own. */
export type ForeignEventType = { name: string; summary: string; detail: z.ZodType; example: Record<string, unknown> };

const Loose = z.record(z.string(), z.unknown());
const Somebody = { userId: z.string().optional(), anonymousId: z.string().optional() };

const call = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.looseObject({
    tenant: z.string(),
    ...Somebody,
    messageId: z
      .string()
      .optional()
      .describe('a call with the same one counts once; the id of the bus event unless given'),
    timestamp: z.iso.datetime().optional().describe('when it happened; the time of the bus event unless given'),
    context: Loose.optional(),
    ...shape,
  });

const Text = z.string().trim().min(1).max(256);

/** what names a customer in systems of others; a phone number in E.164 */
const Named = z.strictObject({ externalId: Text, email: z.email(), phone: z.e164() }).partial();

const HappenedAt = z.iso.datetime({ offset: true });

/** A complete sales record as in the API, with its number or external id: a second report updates it. */
const report = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject({ tenant: z.string(), customerId: Text.optional(), customer: Named.optional(), ...shape });

const tenant = 'demo';
const userId = 'u-1001';
const price = { amount: 12_990_000, currency: 'SGD' };
const context = { page: { url: 'https://auto.example/cars/ax-7' } };

/** Tracking calls as the HTTP API takes them, plus the tenant; and commands. */
export const foreignEvents: ForeignEventType[] = [
  {
    name: 'identify',
    summary: 'identifies a visitor; creates or updates the customer',
    detail: call({ traits: Loose.optional() }),
    example: { tenant, userId, traits: { email: 'ada.tan@example.com', firstName: 'Ada', lastName: 'Tan' } },
  },
  {
    name: 'track',
    summary: 'reports an action of a visitor',
    detail: call({ event: z.string(), properties: Loose.optional() }),
    example: {
      tenant,
      userId,
      event: 'Product Viewed',
      properties: { sku: 'AX-7', price: 129900, currency: 'SGD' },
      context,
    },
  },
  {
    name: 'page',
    summary: 'reports that a visitor saw a page',
    detail: call({ name: z.string().optional(), properties: Loose.optional() }),
    example: { tenant, userId, name: 'Test drive', properties: { path: '/test-drive' }, context },
  },
  {
    name: 'screen',
    summary: 'reports that a visitor saw a screen of an app',
    detail: call({ name: z.string().optional(), properties: Loose.optional() }),
    example: { tenant, userId, name: 'My car', properties: { tab: 'service' } },
  },
  {
    name: 'group',
    summary: 'assigns a visitor to a group or company',
    detail: call({ groupId: z.string(), traits: Loose.optional() }),
    example: { tenant, userId, groupId: 'fleet-7', traits: { name: 'Marina Fleet' } },
  },
  {
    name: 'alias',
    summary: 'links two identities of the same person',
    detail: call({ previousId: z.string() }),
    example: { tenant, userId, previousId: '7f3c0a52-5c1e-4a59-9f0e-0f6f7c3b8f11' },
  },
  {
    name: 'order.reported',
    summary: 'reports a new order, or the current status of an order',
    detail: report({
      number: Text,
      status: OrderStatus.optional(),
      lines: z.array(OrderLine).optional(),
      total: Money.optional(),
      placedAt: HappenedAt.optional(),
    }),
    example: {
      tenant,
      number: 'A-2026-0118',
      customer: { externalId: userId },
      lines: [{ sku: 'VOLT-7', name: 'Auto Volt 7', quantity: 1, price }],
      total: price,
      placedAt: '2026-11-25T08:00:00.000Z',
    },
  },
  {
    name: 'lead.reported',
    summary: 'reports a lead: of a customer, or of a contact; its customer is then found or created',
    detail: report({
      externalId: Text,
      contact: z.strictObject({ name: Text, email: z.email(), phone: Text, company: Text }).partial().optional(),
      source: Text.optional(),
      interest: Text.optional(),
      value: Money.optional(),
      ownerId: Text.optional(),
      status: z.enum(['new', 'disqualified']).optional(),
      reason: Text.optional(),
      openedAt: HappenedAt.optional(),
    }),
    example: {
      tenant,
      externalId: 'web-4711',
      contact: { name: 'Ada Tan', email: 'ada.tan@example.com' },
      source: 'web form',
      interest: 'Auto Volt 7',
    },
  },
  {
    name: 'opportunity.reported',
    summary: 'reports a new opportunity, or the current stage of an opportunity',
    detail: report({
      externalId: Text,
      name: Text.optional(),
      pipelineId: Text.optional(),
      stage: Text.optional(),
      status: z.enum(['open', 'won', 'lost']).optional(),
      reason: Text.optional(),
      amount: Money.optional(),
      closeOn: z.iso.date().optional(),
      ownerId: Text.optional(),
      source: Text.optional(),
      openedAt: HappenedAt.optional(),
      closedAt: HappenedAt.optional(),
    }),
    example: {
      tenant,
      externalId: 'deal-1138',
      customer: { externalId: userId },
      name: 'Fleet of ten',
      stage: 'proposal',
      amount: price,
    },
  },
  {
    name: 'campaign.launch',
    summary: 'launches a campaign',
    detail: z.looseObject({ tenant: z.string(), campaignId: z.string() }),
    example: { tenant, campaignId: 'cmp_01jd5e7k3m9q2r4t6v8w0x1y2z' },
  },
];
