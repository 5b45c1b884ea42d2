import type { Handler, Request } from '../shared/http/contract.ts';
import { plus } from '../shared/time/duration.ts';
import { confirmedPage } from './confirm-page.ts';
import type { StoredConsent } from './consent.ts';
import type { consentRoutes } from './consent-routes.ts';
import { expiredPage, invalidPage } from './page-words.ts';
import { recorded, type Word } from './recorded.ts';
import { requestIn } from './request-in.ts';

type Route = typeof consentRoutes.confirmConsent;

const mostUserAgent = 300;

/** what of a visit is kept where the company keeps it; the gateway adds the caller's address at the end */
const networkOf = ({ headers }: Request<Route>) => {
  const ip = headers['x-forwarded-for']?.split(',').at(-1)?.trim();
  const userAgent = headers['user-agent']?.slice(0, mostUserAgent);
  return { ...(ip ? { ip } : {}), ...(userAgent ? { userAgent } : {}) };
};

const confirmedWord = ({ confirmBy: _, ...pending }: StoredConsent, now: string, network: object): Word => {
  const { request, at: askedAt } = pending;
  const expiresAt = request?.validity ? plus(now, request.validity) : pending.expiresAt;
  return {
    ...pending,
    status: 'granted',
    ...(expiresAt ? { expiresAt } : {}),
    confirmation: { requestId: request?.id ?? '', askedAt, confirmedAt: now, ...network },
  };
};

export const confirmConsent: Handler<Route> = async (asked, nobody) => {
  const request = await requestIn(asked.params.token, nobody);
  if (!request) return invalidPage();
  const { ctx, consent, settings, state } = request;
  if (!consent || state === 'over') return expiredPage(request);
  if (state === 'done') return confirmedPage({ ...request, consent });
  const word = confirmedWord(consent, ctx.now, settings.keepNetwork ? networkOf(asked) : {});
  const { consent: after, changes } = recorded(ctx, consent, word);
  return ctx.store.commit(changes, confirmedPage({ ...request, consent: after }));
};
