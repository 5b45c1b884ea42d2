import * as z from 'zod';
import { event } from './define.ts';

export const valueConflictRecorded = event('customers', 'value-conflict.recorded', {
  by: 'system',
  contact: null,
  triggers: true,
  summary: 'values were said of a customer that do not stand against those there are; they are kept beside them',
  data: () =>
    z.object({
      source: z.string(),
      values: z.array(z.object({ attribute: z.string(), stands: z.unknown(), said: z.unknown(), why: z.string() })),
    }),
  example: {
    source: 'import:crm',
    values: [
      {
        attribute: 'phone',
        stands: '+6561234567',
        said: '+6561234568',
        why: 'it was verified by customer on 2026-11-22',
      },
    ],
  },
});

export const customerVerified = event('customers', 'customer.verified', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'values of a customer were verified',
  data: () =>
    z.object({
      attributes: z.array(z.string()),
      by: z.enum(['customer', 'staff', 'third-party']),
      method: z.string(),
      proof: z.unknown().optional(),
    }),
  example: { attributes: ['phone'], by: 'customer', method: 'code by SMS' },
});

export const attributeDefined = event('customers', 'attribute.defined', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'what a company means by an attribute of its customers is another now; `about` is the attribute',
  data: () => z.looseObject({ attribute: z.string() }),
  example: { attribute: 'attributes.plan', type: 'enum', values: ['free', 'gold'] },
});

export const attributeOutdated = event('timers', 'attribute.outdated', {
  by: 'system',
  contact: null,
  triggers: false,
  summary: 'by now the oldest day is over that a computed value counted; `about` is the customer',
  data: () => z.object({ attribute: z.string() }),
  example: { attribute: 'attributes.ordersThisMonth' },
});

export const attributeRemoved = event('customers', 'attribute.removed', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'an attribute is not declared any more; its values stay and are not checked; `about` is the attribute',
  data: () => z.object({ attribute: z.string() }),
  example: { attribute: 'attributes.plan' },
});

export const customerSettingsChanged = event('customers', 'customer-settings.changed', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'whom a company believes about its customers has changed',
  data: () => z.looseObject({ strictAttributes: z.boolean() }),
  example: { strictAttributes: true },
});
