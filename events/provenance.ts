import * as z from 'zod';
import { byStaff, bySystem, event, internal } from './define.ts';

export const valueConflictRecorded = event('customers', 'value-conflict.recorded', bySystem, {
  summary: 'written values of a customer were not applied, because the present values take precedence; both are stored',
  data: () =>
    z.object({
      source: z.string(),
      values: z.array(
        z.object({ attribute: z.string(), current: z.unknown(), rejected: z.unknown(), why: z.string() }),
      ),
    }),
  example: {
    source: 'import:crm',
    values: [
      {
        attribute: 'phone',
        current: '+6561234567',
        rejected: '+6561234568',
        why: 'it was verified by customer on 2026-11-22',
      },
    ],
  },
});

export const customerVerified = event('customers', 'customer.verified', byStaff, {
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

export const attributeDefined = event('customers', 'attribute.defined', byStaff, {
  summary: 'an attribute definition was created or changed; `about` is the attribute',
  data: () => z.looseObject({ attribute: z.string() }),
  example: { attribute: 'attributes.plan', type: 'enum', values: ['free', 'gold'] },
});

export const attributeOutdated = event('timers', 'attribute.outdated', internal, {
  summary: 'the oldest day in the period of a computed value has ended; `about` is the customer',
  data: () => z.object({ attribute: z.string() }),
  example: { attribute: 'attributes.ordersThisMonth' },
});

export const attributeRemoved = event('customers', 'attribute.removed', byStaff, {
  summary: 'an attribute definition was deleted; values stay and are no longer checked; `about` is the attribute',
  data: () => z.object({ attribute: z.string() }),
  example: { attribute: 'attributes.plan' },
});

export const customerSettingsChanged = event('customers', 'customer-settings.changed', byStaff, {
  summary: 'source priorities, reliability or conflict rules were changed',
  data: () => z.looseObject({ strictAttributes: z.boolean() }),
  example: { strictAttributes: true },
});
