import * as z from 'zod';
import { byCustomer, byStaff, event } from './define.ts';

const Data = z.object({ sku: z.string(), name: z.string(), state: z.enum(['active', 'archived']) });
const example = { sku: 'VOLT-7', name: 'Auto Volt 7', state: 'active' } as const;

export const productCreated = event('sales', 'product.created', byStaff, {
  summary: 'a product was added to the catalogue',
  data: () => Data,
  example,
});

export const productChanged = event('sales', 'product.changed', byStaff, {
  summary: 'a product was changed',
  data: () => Data,
  example,
});

export const productArchived = event('sales', 'product.archived', byStaff, {
  summary: 'a product was archived: it is sold no more',
  data: () => Data,
  example: { ...example, state: 'archived' },
});

export const configurationSaved = event('sales', 'configuration.saved', byCustomer, {
  summary: 'a configuration of a product was saved',
  data: () => z.object({ sku: z.string(), choices: z.record(z.string(), z.string()), complete: z.boolean() }),
  example: { sku: 'VOLT-7', choices: { colour: 'red' }, complete: true },
});
