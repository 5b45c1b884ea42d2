import type { Ctx } from '../shared/http/context.ts';
import type { Decided } from './profile.ts';
import type { CustomerSettings } from './settings.ts';
import { hiddenBy, redacted } from './shown.ts';

/** the reply to who wrote a customer: the customer as it is by now, and what of the call does not stand */
export const written = ({ customer, kept }: Decided, settings: CustomerSettings, ctx: Pick<Ctx, 'scopes'>) => ({
  ...redacted(customer, hiddenBy(settings, ctx)),
  ...(kept.length ? { kept: kept.map(({ attribute, why }) => ({ attribute, why })) } : {}),
});
