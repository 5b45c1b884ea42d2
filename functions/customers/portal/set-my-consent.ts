import type { UseCase } from '../../shared/contract.ts';
import { setConsent } from '../set-consent.ts';
import type { routes } from './contract.ts';
import { caller } from './me.ts';

export const setMyConsent: UseCase<typeof routes.setMyConsent> = async ({ params, body, ...asked }, ctx) => {
  const { id } = await caller(ctx);
  return setConsent({ ...asked, params: { ...params, id }, body: { ...body, source: 'portal' } }, ctx);
};
