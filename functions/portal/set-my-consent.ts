import { setConsent } from '../consent/set-consent.ts';
import { callingCustomer } from '../customers/active-customer.ts';
import type { Handler } from '../shared/http/contract.ts';
import type { routes } from './contract.ts';

export const setMyConsent: Handler<typeof routes.setMyConsent> = async ({ params, body, ...asked }, ctx) => {
  const { id } = await callingCustomer(ctx);
  return setConsent({ ...asked, params: { ...params, id }, body: { ...body, source: 'portal' } }, ctx);
};
