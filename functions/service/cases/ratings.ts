import * as z from 'zod';
import { caseRated } from '../../../events/case.ts';
import { CaseId } from '../../../events/ids.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { handlers } from '../../shared/http/contract.ts';
import { escaped, htmlPage } from '../../shared/http/html-page.ts';
import { readToken } from '../../shared/http/signed-link.ts';
import { eventOf } from '../../shared/store/changes.ts';
import { caseAlreadyRated, linkInvalid } from '../errors.ts';
import { type Case, cases } from './case.ts';
import { changeCase } from './case-changes.ts';
import { ratingRoutes } from './case-routes.ts';

const RatingClaims = z.object({ purpose: z.literal('rating'), tenant: z.string(), caseId: CaseId });

/** the case of a link, and the store of its tenant; refuses with 404 an invalid link */
const readRatedCase = async (token: string, ctx: Ctx) => {
  const claims = await readToken(RatingClaims, token, ctx);
  if (!claims) throw linkInvalid();
  const { store, now } = ctx.as(claims.tenant, `case:${claims.caseId}`);
  return { store, now, before: await store.need(cases, { id: claims.caseId }) };
};

// mail scanners follow links, so opening the page must not rate
const script = `const form=document.querySelector('form');
form?.addEventListener('submit',async event=>{event.preventDefault();
const given=new FormData(form);const comment=given.get('comment');
const reply=await fetch(location.href,{method:'POST',headers:{'content-type':'application/json'},
body:JSON.stringify({score:Number(given.get('score')),...(comment?{comment}:{})})});
document.querySelector('[role=status]').textContent=reply.ok?'Thank you.':reply.status===409?'You have already rated this case. Thank you.':'Your rating was not saved. Please try again.';
if(reply.ok)form.remove()});`;

const scores = [
  [5, 'Very satisfied'],
  [4, 'Satisfied'],
  [3, 'Neither satisfied nor dissatisfied'],
  [2, 'Dissatisfied'],
  [1, 'Very dissatisfied'],
]
  .map(([score, words]) => `<label><input type="radio" name="score" value="${score}" required> ${words}</label>`)
  .join('\n');

const form = `<form><fieldset><legend>How satisfied are you with our service?</legend>
${scores}</fieldset>
<label for="comment">Comment (optional)</label><textarea id="comment" name="comment" rows="4" maxlength="2000"></textarea>
<button type="submit">Send</button></form>`;

const ratingPage = ({ number, subject, satisfaction }: Case) => {
  const rated = satisfaction ? 'You have already rated this case. Thank you.' : '';
  const body = `<p>${escaped(number)}: ${escaped(subject)}</p>${rated ? '' : form}<p role="status">${rated}</p>`;
  return htmlPage({ title: 'How did we do?', body, script });
};

export const ratingHandlers = handlers(ratingRoutes, {
  showSatisfactionPage: async ({ params: { token = '' } }, ctx) => {
    const { before } = await readRatedCase(token, ctx);
    return ratingPage(before);
  },
  rateCase: async ({ params: { token = '' }, body: { score, comment } }, ctx) => {
    const { store, now, before } = await readRatedCase(token, ctx);
    if (before.satisfaction) throw caseAlreadyRated(`Case ${before.number} has already been rated.`);
    const rating = { score, comment: comment || null };
    const satisfaction = { ...rating, at: now };
    const { after, changes } = changeCase(now, before, { satisfaction });
    const rated = eventOf(caseRated, after, { ...rating, agentId: before.knownBy });
    return store.commit([...changes, rated], satisfaction);
  },
});
