import * as z from 'zod';
import { caseRated } from '../../../events/case.ts';
import { CaseId } from '../../../events/ids.ts';
import { branded, invalidPage, wordsFor } from '../../consent/page.ts';
import { preferenceSettings } from '../../consent/preference-settings.ts';
import { customerById } from '../../customers/reads.ts';
import { env } from '../../shared/aws/env.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { handlers, type Request } from '../../shared/http/contract.ts';
import { escaped } from '../../shared/http/html-page.ts';
import { readToken } from '../../shared/http/signed-link.ts';
import { eventOf } from '../../shared/store/changes.ts';
import { caseAlreadyRated, linkInvalid } from '../errors.ts';
import { cases } from './case.ts';
import { changeCase } from './case-changes.ts';
import { RatingFields, ratingRoutes } from './case-routes.ts';

const RatingClaims = z.object({ purpose: z.literal('rating'), tenant: z.string(), caseId: CaseId });

/** the case of a link, in the store of its tenant; undefined for an invalid link */
const ratedCase = async (token: string, anonymous: Ctx) => {
  const claims = await readToken(RatingClaims, token, anonymous);
  if (!claims) return undefined;
  const ctx = anonymous.as(claims.tenant, `case:${claims.caseId}`);
  return { ctx, before: await ctx.store.need(cases, { id: claims.caseId }) };
};

type Found = NonNullable<Awaited<ReturnType<typeof ratedCase>>>;
type Rating = z.output<typeof RatingFields>;

/** the rating as it is stored; a case is rated once */
const rate = ({ ctx: { now, store }, before }: Found, { score, recommend, comment }: Rating) => {
  const rating = { score, recommend: recommend ?? null, comment: comment || null };
  const satisfaction = { ...rating, at: now };
  const { after, changes } = changeCase(now, before, { satisfaction });
  const rated = eventOf(caseRated, after, { ...rating, agentId: before.knownBy });
  return store.commit([...changes, rated], satisfaction);
};

type Asked = Pick<Request, 'params' | 'headers'>;
type Words = ReturnType<typeof wordsFor>;

const optionsOf = (words: Words, chosen: string | null) =>
  ([5, 4, 3, 2, 1] as const)
    .map(score => {
      const checked = chosen === String(score) ? ' checked' : '';
      const box = `<input type="radio" name="score" value="${score}" required${checked}>`;
      return `<label>${box}${escaped(words[`score${score}`])}</label>`;
    })
    .join('');

// mail scanners follow links, so opening the page does not rate
const formOf = (words: Words, token: string, given: URLSearchParams) => {
  const legend = `<legend>${escaped(words.ratingQuestion)}</legend>`;
  const comment = `<label for="comment">${escaped(words.comment)}</label><textarea id="comment" name="comment" rows="4" maxlength="2000">${escaped(given.get('comment') ?? '')}</textarea>`;
  const send = `<button type="submit">${escaped(words.send)}</button>`;
  const options = optionsOf(words, given.get('score'));
  const { pathname } = new URL(`${env.publicUrl()}/v1/satisfaction/${token}/form`);
  return `<form method="post" action="${escaped(pathname)}"><fieldset>${legend}${options}</fieldset>${comment}${send}</form>`;
};

/** the page of a case: its form until it is rated, with a notice if there is one */
const ratingPage = async ({ ctx, before }: Found, { params, headers }: Asked, given?: URLSearchParams) => {
  const { number, subject, customerId, satisfaction, language } = before;
  const [customer, settings] = await Promise.all([
    customerId ? customerById(ctx.store, customerId) : undefined,
    preferenceSettings.of(ctx.store),
  ]);
  const words = wordsFor(settings, customer?.locale ?? language ?? undefined, headers);
  const about = `<p>${escaped(number)}: ${escaped(subject)}</p>`;
  const notice = (text: string) => `<p role="status">${escaped(text)}</p>`;
  const page = (title: string, body: string, status = 200) =>
    branded({ settings, words }, { status, title, body: `${about}${body}` });
  return {
    asked: () =>
      satisfaction
        ? page(words.ratingTitle, notice(words.ratedBefore))
        : page(
            words.ratingTitle,
            `${given ? notice(words.ratingMissing) : ''}${formOf(words, params.token ?? '', given ?? new URLSearchParams())}`,
            given ? 422 : 200,
          ),
    rated: () => page(words.rated, notice(words.ratedText)),
  };
};

export const ratingHandlers = handlers(ratingRoutes, {
  showSatisfactionPage: async (request, anonymous) => {
    const found = await ratedCase(request.params.token ?? '', anonymous);
    return found ? (await ratingPage(found, request)).asked() : invalidPage(request);
  },
  rateByForm: async (request, anonymous) => {
    const found = await ratedCase(request.params.token ?? '', anonymous);
    if (!found) return invalidPage(request);
    const form = new URLSearchParams(request.raw?.toString() ?? '');
    const comment = form.get('comment') || undefined;
    const rating = RatingFields.safeParse({ score: Number(form.get('score')), comment });
    const page = await ratingPage(found, request, form);
    if (found.before.satisfaction || !rating.success) return page.asked();
    await rate(found, rating.data);
    return page.rated();
  },
  rateCase: async ({ params: { token = '' }, body }, anonymous) => {
    const found = await ratedCase(token, anonymous);
    if (!found) throw linkInvalid();
    if (found.before.satisfaction) throw caseAlreadyRated(`Case ${found.before.number} has already been rated.`);
    return rate(found, body);
  },
});
