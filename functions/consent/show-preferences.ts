import type { Handler } from '../shared/http/contract.ts';
import { expiredPage, invalidPage } from './page-words.ts';
import type { preferenceRoutes } from './preference-routes.ts';
import { preferencesPage } from './preferences-page.ts';
import { visitorWith } from './visitor.ts';

export const showPreferences: Handler<typeof preferenceRoutes.showPreferences> = async (
  { query: { token } },
  nobody,
) => {
  const visitor = await visitorWith(token, nobody);
  if (!visitor) return invalidPage();
  return visitor.known ? preferencesPage(visitor, visitor.known) : expiredPage(visitor);
};
