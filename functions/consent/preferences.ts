import { channels } from '../../events/customer.ts';
import { activeCustomer, resolveMerged } from '../customers/active-customer.ts';
import { changedCustomer } from '../customers/profile.ts';
import { settingsOf } from '../customers/settings.ts';
import { ApiError } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { handlers } from '../shared/http/contract.ts';
import { preferencesLink } from '../shared/http/preferences-link.ts';
import { mapConcurrent } from '../shared/map-concurrent.ts';
import { retryOnConflict } from '../shared/store/retry-on-conflict.ts';
import { changesIn, type PreferenceChange, withdrawAll } from './choices.ts';
import { decideConsent } from './decide-consent.ts';
import { expiredPage, invalidPage } from './page.ts';
import { preferenceRoutes } from './preference-routes.ts';
import { preferenceSettings } from './preference-settings.ts';
import { languagesFor, preferencesPage } from './preferences-page.ts';
import { topicName } from './topic.ts';
import { type Current, type Visitor, visitorWith } from './visitor.ts';

type Outcome = 'saved' | 'pending' | 'rejected';
type AppliedChange = { change: PreferenceChange; outcome: Outcome };

const concurrency = 5;

const apply = async ({ status, ...on }: PreferenceChange, customerId: string, ctx: Ctx): Promise<Outcome> => {
  const input = { status, source: 'preference page' };
  try {
    return await retryOnConflict(async () => {
      const customer = await resolveMerged(ctx.store, customerId);
      if (!customer) return 'rejected';
      const { consent, changes } = await decideConsent(ctx, { customer, on, input });
      await ctx.store.commit(changes);
      return consent.status === 'pending' ? 'pending' : 'saved';
    });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return 'rejected';
  }
};

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

const noticeOf = (applied: AppliedChange[], isEnd: boolean, { words, topics }: Pick<Visitor, 'words' | 'topics'>) => {
  const rejected = applied
    .filter(({ outcome }) => outcome === 'rejected')
    .map(({ change: { topic: name } }) =>
      topicName(
        topics.find(({ topic }) => topic === name),
        name,
        words.locale,
      ),
    );
  if (rejected.length) return words.notPossible.replace('…', rejected.join(', '));
  if (applied.some(({ outcome }) => outcome === 'pending')) return words.savedPending;
  return isEnd ? words.allEnded : words.saved;
};

export const preferenceHandlers = handlers(preferenceRoutes, {
  showPreferences: async (request, anonymous) => {
    const visitor = await visitorWith(request, anonymous);
    if (!visitor) return invalidPage(request);
    return visitor.current ? preferencesPage(visitor, visitor.current) : expiredPage(visitor);
  },
  savePreferences: async (request, anonymous) => {
    const visitor = await visitorWith(request, anonymous);
    if (!visitor) return invalidPage(request);
    const { current, topics, ctx } = visitor;
    if (!current) return expiredPage(visitor);
    const form = new URLSearchParams(request.raw?.toString() ?? '');
    const isEnd = form.get('do') === 'end-all';
    const changes = isEnd ? withdrawAll(topics, current.consents) : changesIn(form, topics, current.consents);
    // each by itself: one that is rejected does not affect the others
    const applied = await mapConcurrent(changes, concurrency, async (change): Promise<AppliedChange> => {
      return { change, outcome: await apply(change, current.customer.id, ctx) };
    });
    if (!isEnd) await saveProfile(form, visitor, current);
    // shows the new state, in the language that may have just been chosen
    const after = await visitorWith(request, anonymous);
    if (!after?.current) return expiredPage(visitor);
    return preferencesPage(after, after.current, noticeOf(applied, isEnd, after));
  },
  createPreferencesLink: async ({ params: { id = '' } }, ctx) =>
    preferencesLink(ctx, (await activeCustomer(ctx.store, id)).id, 'staff'),
  readPreferenceSettings: (_, { store }) => preferenceSettings.of(store),
  putPreferenceSettings: ({ body }, { store }) => preferenceSettings.replace(store, body),
});
