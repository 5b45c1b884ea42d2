import { activeCustomer } from '../customers/active-customer.ts';
import { handlers } from '../shared/http/contract.ts';
import { parse } from '../shared/http/parse.ts';
import { revive } from '../shared/store/entity.ts';
import { recordPage } from '../shared/store/records.ts';
import { ChannelTopic, consentParts, consents } from './consent.ts';
import { consentHistory, entriesOf } from './consent-history.ts';
import { consentRoutes } from './consent-routes.ts';
import { currentConsents } from './current-consents.ts';
import { decideConsent, saveConsent } from './decide-consent.ts';
import { alreadyGranted } from './errors.ts';
import { topicsOf } from './topic.ts';

export const consentHandlers = handlers(consentRoutes, {
  setConsent: async ({ params, body: input }, ctx) => {
    const on = parse(ChannelTopic, params);
    return saveConsent(ctx, { customer: await activeCustomer(ctx.store, params.id ?? ''), on, input });
  },
  /** recorded consents page by page; the last page also has the implied ones */
  listConsents: async ({ params, query }, { now, store }) => {
    const { id } = await activeCustomer(store, params.id ?? '');
    const [{ items, nextCursor }, topics] = await Promise.all([
      recordPage(store, consents, ['customer', id], { ...query, within: consentParts }),
      topicsOf(store),
    ]);
    const recorded = currentConsents(id, items, topics, now).filter(({ implied }) => !implied);
    if (nextCursor) return { items: recorded, nextCursor };
    // consents on other pages also keep a topic from being implied
    const candidates = currentConsents(id, [], topics, now);
    const parts = candidates.map(one => consents.key({ ...one, customerId: id }).part);
    const found = (await store.parts(['customer', id], parts)).map(item => revive(consents, item));
    const implied = currentConsents(id, found, topics, now).filter(one => one.implied);
    return { items: [...recorded, ...implied], nextCursor };
  },
  readConsentHistory: async ({ params, query }, { store }) => {
    const on = parse(ChannelTopic, params);
    const { id } = await activeCustomer(store, params.id ?? '');
    return recordPage(store, consentHistory, ['consent-history', id], { ...query, within: entriesOf(on) });
  },
  requestConsent: async ({ params, body }, ctx) => {
    const on = parse(ChannelTopic, params);
    const customer = await activeCustomer(ctx.store, params.id ?? '');
    const input = { ...body, status: 'granted' as const };
    const { consent, changes } = await decideConsent(ctx, { customer, on, input }, { ask: true });
    if (consent.status === 'granted') throw alreadyGranted();
    return ctx.store.commit(changes, consent);
  },
});
