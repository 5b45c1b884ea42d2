import type { UseCase } from '../../shared/contract.ts';
import { preferencesLink } from '../../shared/preferences-link.ts';
import { living } from '../living.ts';
import type { preferenceRoutes } from './preference-routes.ts';

export const createPreferencesLink: UseCase<typeof preferenceRoutes.createPreferencesLink> = async (
  { params: { id = '' } },
  ctx,
) => {
  const customer = await living(ctx.store, id);
  return preferencesLink(ctx, customer.id, 'staff');
};
