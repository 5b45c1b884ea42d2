import { channels } from '../../events/customer.ts';
import { resolveMerged } from '../customers/active-customer.ts';
import { changedCustomer } from '../customers/profile.ts';
import { settingsOf } from '../customers/settings.ts';
import type { Handler } from '../shared/http/contract.ts';
import { retryOnConflict } from '../shared/store/retry-on-conflict.ts';
import { type Met, meetWishes } from './meet-wishes.ts';
import { expiredPage, invalidPage, type Words } from './page-words.ts';
import type { preferenceRoutes } from './preference-routes.ts';
import { languagesFor, preferencesPage } from './preferences-page.ts';
import { type Known, type Visitor, visitorWith } from './visitor.ts';
import { endingAll, wishesIn } from './wishes.ts';

/** preferred channel and language, where the form says another one that there is */
const saveProfile = async (form: URLSearchParams, { ctx, settings }: Visitor, { customer }: Known) => {
  const [channel, language] = [form.get('channel'), form.get('language')];
  await retryOnConflict(async () => {
    const [before, rules] = await Promise.all([resolveMerged(ctx.store, customer.id), settingsOf(ctx.store)]);
    if (!before) return;
    const known = (given: string | null, all: readonly string[]) => given !== null && (!given || all.includes(given));
    const patch = {
      ...(known(channel, channels) ? { preferredChannel: channel || null } : {}),
      ...(known(language, languagesFor(settings, before)) ? { locale: language || null } : {}),
    };
    const { changes } = changedCustomer(ctx.now, before, patch, { settings: rules, source: 'customer', decides: true });
    if (changes.length) await ctx.store.commit(changes);
  });
};

/** what the customer is told */
const saidOf = (met: Met[], ending: boolean, words: Words) => {
  const refused = met.filter(([, outcome]) => outcome === 'refused').map(([{ topic }]) => topic);
  if (refused.length) return words.notPossible.replace('…', refused.join(', '));
  if (met.some(([, outcome]) => outcome === 'pending')) return words.savedPending;
  return ending ? words.allEnded : words.saved;
};

export const savePreferences: Handler<typeof preferenceRoutes.savePreferences> = async (
  { query: { token }, raw },
  nobody,
) => {
  const visitor = await visitorWith(token, nobody);
  if (!visitor) return invalidPage();
  const { known, topics, ctx } = visitor;
  if (!known) return expiredPage(visitor);
  const form = new URLSearchParams(raw?.toString() ?? '');
  const ending = form.get('do') === 'end-all';
  const wishes = ending ? endingAll(topics, known.consents) : wishesIn(form, topics, known.consents);
  const met = await meetWishes(wishes, known.customer.id, ctx);
  if (!ending) await saveProfile(form, visitor, known);
  // read anew: it shows what is so now, in the language that was just chosen
  const after = await visitorWith(token, nobody);
  if (!after?.known) return expiredPage(visitor);
  return preferencesPage(after, after.known, saidOf(met, ending, after.words));
};
