import { channels } from '../../events/customer.ts';
import { activeCustomer, resolveMerged } from '../customers/active-customer.ts';
import { changedCustomer } from '../customers/profile.ts';
import { settingsOf } from '../customers/settings.ts';
import { handlers } from '../shared/http/contract.ts';
import { preferencesLink } from '../shared/http/preferences-link.ts';
import { retryOnConflict } from '../shared/store/retry-on-conflict.ts';
import { type AppliedChange, applyPreferenceChanges } from './apply-preference-changes.ts';
import { changesIn, withdrawAll } from './choices.ts';
import { expiredPage, invalidPage, type Words } from './page.ts';
import { preferenceRoutes } from './preference-routes.ts';
import { preferenceSettings } from './preference-settings.ts';
import { languagesFor, preferencesPage } from './preferences-page.ts';
import { type Current, type Visitor, visitorWith } from './visitor.ts';

/** saves preferred channel and language, as far as the form has values that can be chosen */
const saveProfile = async (form: URLSearchParams, { ctx, settings }: Visitor, { customer }: Current) => {
  const [channel, language] = [form.get('channel'), form.get('language')];
  const isValid = (value: string | null, all: readonly string[]) => value !== null && (!value || all.includes(value));
  await retryOnConflict(async () => {
    const [before, rules] = await Promise.all([resolveMerged(ctx.store, customer.id), settingsOf(ctx.store)]);
    if (!before) return;
    const patch = {
      ...(isValid(channel, channels) ? { preferredChannel: channel || null } : {}),
      ...(isValid(language, languagesFor(settings, before)) ? { locale: language || null } : {}),
    };
    const { changes } = changedCustomer(ctx.now, before, patch, { settings: rules, source: 'customer', decides: true });
    if (changes.length) await ctx.store.commit(changes);
  });
};

const noticeOf = (applied: AppliedChange[], isEnd: boolean, words: Words) => {
  const rejected = applied.filter(({ outcome }) => outcome === 'rejected').map(({ change }) => change.topic);
  if (rejected.length) return words.notPossible.replace('…', rejected.join(', '));
  if (applied.some(({ outcome }) => outcome === 'pending')) return words.savedPending;
  return isEnd ? words.allEnded : words.saved;
};

export const preferenceHandlers = handlers(preferenceRoutes, {
  showPreferences: async ({ query: { token } }, anonymous) => {
    const visitor = await visitorWith(token, anonymous);
    if (!visitor) return invalidPage();
    return visitor.current ? preferencesPage(visitor, visitor.current) : expiredPage(visitor);
  },
  savePreferences: async ({ query: { token }, raw }, anonymous) => {
    const visitor = await visitorWith(token, anonymous);
    if (!visitor) return invalidPage();
    const { current, topics, ctx } = visitor;
    if (!current) return expiredPage(visitor);
    const form = new URLSearchParams(raw?.toString() ?? '');
    const isEnd = form.get('do') === 'end-all';
    const changes = isEnd ? withdrawAll(topics, current.consents) : changesIn(form, topics, current.consents);
    const applied = await applyPreferenceChanges(changes, current.customer.id, ctx);
    if (!isEnd) await saveProfile(form, visitor, current);
    // shows the new state, in the language that may have just been chosen
    const after = await visitorWith(token, anonymous);
    if (!after?.current) return expiredPage(visitor);
    return preferencesPage(after, after.current, noticeOf(applied, isEnd, after.words));
  },
  createPreferencesLink: async ({ params: { id = '' } }, ctx) =>
    preferencesLink(ctx, (await activeCustomer(ctx.store, id)).id, 'staff'),
  readPreferenceSettings: (_, { store }) => preferenceSettings.of(store),
  putPreferenceSettings: ({ body }, { store }) => preferenceSettings.replace(store, body),
});
