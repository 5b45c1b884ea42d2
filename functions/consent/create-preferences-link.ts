import { activeCustomer } from '../customers/active-customer.ts';
import type { Handler } from '../shared/http/contract.ts';
import { preferencesLink } from '../shared/http/preferences-link.ts';
import type { preferenceRoutes } from './preference-routes.ts';

export const createPreferencesLink: Handler<typeof preferenceRoutes.createPreferencesLink> = async (
  { params: { id = '' } },
  ctx,
) => {
  const customer = await activeCustomer(ctx.store, id);
  return preferencesLink(ctx, customer.id, 'staff');
};
