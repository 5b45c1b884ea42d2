import { activeCustomer } from '../customers/active-customer.ts';
import { purposesOf } from '../customers/purpose.ts';
import { settingsOf } from '../customers/settings.ts';
import type { Handler } from '../shared/http/contract.ts';
import type { routes } from './contract.ts';
import { factsOf } from './starts/facts-of.ts';
import { startsOf } from './starts/starts.ts';

export const readStarts: Handler<typeof routes.readStarts> = async ({ params: { id = '' } }, ctx) => {
  const { store } = ctx;
  const [customer, settings, purposes] = await Promise.all([
    activeCustomer(store, id),
    settingsOf(store),
    purposesOf(store),
  ]);
  return { customerId: customer.id, ...startsOf(await factsOf(customer, { settings, purposes }, ctx)) };
};
