import * as z from 'zod';

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

const tenant = 'demo';
const userId = 'u-1001';
const context = { page: { url: 'https://auto.example/cars/ax-7' } };

/** Tracking calls as the HTTP API takes them, plus the tenant; and commands. */
export const foreignEvents: ForeignEventType[] = [
  {
    name: 'identify',
    summary: 'says who somebody is; creates or updates the customer',
    detail: call({ traits: Loose.optional() }),
    example: { tenant, userId, traits: { email: 'ada.tan@example.com', firstName: 'Ada', lastName: 'Tan' } },
  },
  {
    name: 'track',
    summary: 'says that somebody did something',
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
    summary: 'says that somebody saw a page',
    detail: call({ name: z.string().optional(), properties: Loose.optional() }),
    example: { tenant, userId, name: 'Test drive', properties: { path: '/test-drive' }, context },
  },
  {
    name: 'screen',
    summary: 'says that somebody saw a screen of an app',
    detail: call({ name: z.string().optional(), properties: Loose.optional() }),
    example: { tenant, userId, name: 'My car', properties: { tab: 'service' } },
  },
  {
    name: 'group',
    summary: 'says that somebody belongs to a group or company',
    detail: call({ groupId: z.string(), traits: Loose.optional() }),
    example: { tenant, userId, groupId: 'fleet-7', traits: { name: 'Marina Fleet' } },
  },
  {
    name: 'alias',
    summary: 'says that two identities are the same person',
    detail: call({ previousId: z.string() }),
    example: { tenant, userId, previousId: '7f3c0a52-5c1e-4a59-9f0e-0f6f7c3b8f11' },
  },
  {
    name: 'campaign.launch',
    summary: 'launches a campaign',
    detail: z.looseObject({ tenant: z.string(), campaignId: z.string() }),
    example: { tenant, campaignId: 'cmp_01jd5e7k3m9q2r4t6v8w0x1y2z' },
  },
];
