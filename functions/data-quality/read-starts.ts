import { living } from '../customers/living.ts';
import { purposesOf } from '../customers/purposes/purpose.ts';
import { settingsOf } from '../customers/settings.ts';
import type { UseCase } from '../shared/http/contract.ts';
import type { routes } from './contract.ts';
import { factsOf } from './starts/facts-of.ts';
import { startsOf } from './starts/starts.ts';

export const readStarts: UseCase<typeof routes.readStarts> = async ({ params: { id = '' } }, ctx) => {
  const { store } = ctx;
  const [customer, settings, purposes] = await Promise.all([living(store, id), settingsOf(store), purposesOf(store)]);
  return { customerId: customer.id, ...startsOf(await factsOf(customer, { settings, purposes }, ctx)) };
};
