import type { Handler } from '../../shared/http/contract.ts';
import { activeCustomer } from '../living.ts';
import { settingsOf } from '../settings.ts';
import { hiddenBy } from '../shown.ts';
import type { attributeRoutes } from './attribute-routes.ts';
import { knownOf } from './known.ts';

export const readProvenance: Handler<typeof attributeRoutes.readProvenance> = async ({ params: { id = '' } }, ctx) => {
  const [customer, settings] = await Promise.all([activeCustomer(ctx.store, id), settingsOf(ctx.store)]);
  const items = knownOf(customer, { settings, now: ctx.now, hidden: hiddenBy(settings, ctx) });
  return { customerId: customer.id, version: customer.version, items };
};
