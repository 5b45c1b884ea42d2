import * as z from 'zod';
import { stamps } from '../shared/contract.ts';
import { entity, main } from '../shared/entity.ts';
import type { Store } from '../shared/store.ts';

/** What a company decides about its customer record, in one item: whatever writes a customer reads it once. */
export const CustomerSettings = z.object({ version: stamps.version });
export type CustomerSettings = z.output<typeof CustomerSettings>;

export const customerSettings = entity('customer-settings', CustomerSettings, {
  key: (_: object) => ({ of: ['settings', 'customers'], part: main }),
});

/** the settings, or what holds until somebody sets any */
export const settingsOf = async (store: Store): Promise<CustomerSettings> =>
  (await store.get(customerSettings, {})) ?? { version: 0 };
