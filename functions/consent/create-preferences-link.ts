import { living } from '../customers/living.ts';
import type { UseCase } from '../shared/http/contract.ts';
import { preferencesLink } from '../shared/http/preferences-link.ts';
import type { preferenceRoutes } from './preference-routes.ts';

export const createPreferencesLink: UseCase<typeof preferenceRoutes.createPreferencesLink> = async (
  { params: { id = '' } },
  ctx,
) => {
  const customer = await living(ctx.store, id);
  return preferencesLink(ctx, customer.id, 'staff');
};
