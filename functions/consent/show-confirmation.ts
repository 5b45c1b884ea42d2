import type { Handler } from '../shared/http/contract.ts';
import { confirmedPage, confirmingPage } from './confirm-page.ts';
import type { consentRoutes } from './consent-routes.ts';
import { expiredPage, invalidPage } from './page-words.ts';
import { requestIn } from './request-in.ts';

export const showConfirmation: Handler<typeof consentRoutes.showConfirmation> = async (
  { params: { token } },
  nobody,
) => {
  const asked = await requestIn(token, nobody);
  if (!asked) return invalidPage();
  const { consent, state } = asked;
  if (!consent || state === 'over') return expiredPage(asked);
  return state === 'done' ? confirmedPage({ ...asked, consent }) : confirmingPage({ ...asked, consent });
};
