import { isProven } from '../customers/attributes/standing.ts';
import { addressFields } from '../customers/customer.ts';
import { changedCustomer } from '../customers/profile.ts';
import { settingsOf } from '../customers/settings.ts';
import type { Ctx } from '../shared/http/context.ts';
import { handlers, type Reply, type Request } from '../shared/http/contract.ts';
import { escaped } from '../shared/http/html-page.ts';
import { plus } from '../shared/time/duration.ts';
import { confirmationFor } from './confirmation-link.ts';
import type { Consent, StoredConsent } from './consent.ts';
import { confirmationRoutes } from './consent-routes.ts';
import { branded, channelWord, expiredPage, filled, invalidPage, type Words } from './page.ts';
import type { PreferenceSettings } from './preference-settings.ts';
import { type ConsentFields, recordConsent } from './record-consent.ts';
import { type Topic, topicName } from './topic.ts';

type Shown = { consent: Consent; topic: Topic | undefined; settings: PreferenceSettings; words: Words };

const nameOf = ({ consent, topic, words }: Shown) =>
  `<strong>${escaped(topicName(topic, consent.topic, words.locale))}</strong> (${escaped(channelWord(words, consent.channel))})`;

/** the form posts to the address of the page itself */
const confirmingPage = (shown: Shown) => {
  const { words, consent } = shown;
  const wording = consent.wording?.text ? `<blockquote>${escaped(consent.wording.text)}</blockquote>` : '';
  const button = `<form method="post"><button type="submit">${escaped(words.confirmButton)}</button></form>`;
  const body = `<p>${filled(words.confirmText, nameOf(shown))}</p>${wording}${button}`;
  return branded(shown, { title: words.confirmTitle, body });
};

const confirmedPage = (shown: Shown) => {
  const { words } = shown;
  const body = `<p role="status">${filled(words.confirmedText, nameOf(shown))}</p>`;
  return branded(shown, { title: words.confirmed, body });
};

const mostUserAgent = 300;

/** IP address, which the gateway appends, and browser of the visitor */
const networkOf = ({ headers }: Pick<Request, 'headers'>) => {
  const ip = headers['x-forwarded-for']?.split(',').at(-1)?.trim();
  const userAgent = headers['user-agent']?.slice(0, mostUserAgent);
  return { ip, userAgent };
};

const grantOf = ({ confirmBy: _, ...pending }: StoredConsent, now: string, network: object): ConsentFields => {
  const { request, at: askedAt } = pending;
  const expiresAt = request?.validity ? plus(now, request.validity) : pending.expiresAt;
  return {
    ...pending,
    status: 'granted',
    expiresAt,
    confirmation: { requestId: request?.id ?? '', askedAt, confirmedAt: now, ...network },
  };
};

type Found = NonNullable<Awaited<ReturnType<typeof confirmationFor>>>;
type Waiting = (found: Found & { consent: StoredConsent }) => Reply<string> | Promise<Reply<string>>;

/** the page of a link that is invalid, has expired or was used; for one that waits to be confirmed, what `waiting` replies */
const pageOf = async (request: Pick<Request, 'params' | 'headers'>, anonymous: Ctx, waiting: Waiting) => {
  const found = await confirmationFor(request, anonymous);
  if (!found) return invalidPage(request);
  const { consent, state } = found;
  if (!consent || state === 'over') return expiredPage(found);
  return state === 'done' ? confirmedPage({ ...found, consent }) : waiting({ ...found, consent });
};

/** who uses a link has the address that it was sent to */
const verified = async ({ ctx: { now, store }, customer, address, consent }: Found) => {
  const field = addressFields[consent?.channel as keyof typeof addressFields];
  if (!customer || customer[field] !== address || isProven(customer, field)) return [];
  const verification = { by: 'customer', method: 'confirmed a link' } as const;
  const writing = { settings: await settingsOf(store), source: 'customer', verified: verification, decides: true };
  return changedCustomer(now, customer, { [field]: customer[field] }, writing).changes;
};

export const confirmationHandlers = handlers(confirmationRoutes, {
  showConfirmation: (request, anonymous) => pageOf(request, anonymous, confirmingPage),
  confirmConsent: (request, anonymous) =>
    pageOf(request, anonymous, async found => {
      const { ctx, consent: before, settings } = found;
      const grant = grantOf(before, ctx.now, settings.keepNetwork ? networkOf(request) : {});
      const { consent, changes } = recordConsent(ctx, before, grant);
      return ctx.store.commit([...changes, ...(await verified(found))], confirmedPage({ ...found, consent }));
    }),
});
