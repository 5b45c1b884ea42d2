import { articleCreated } from '../../events/article.ts';
import { cases } from '../service/cases/case.ts';
import { consume } from '../shared/events/consume.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { eventOf, insert } from '../shared/store/changes.ts';
import { derivedId } from '../shared/store/derived-id.ts';
import { articles } from './article.ts';
import { newArticle } from './articles.ts';
import { subscriptions } from './contract.ts';

/** shorter notes explain nothing */
const fewest = 60;

const draftArticle: Reaction<typeof subscriptions.draftArticle> = async (
  { about, data: { resolution } },
  { now, store },
) => {
  if (!resolution || resolution.trim().length < fewest) return;
  const of = await store.get(cases, { id: about });
  const id = derivedId('article', 'case', about);
  if (!of || (await store.get(articles, { id }))) return;
  const { customerId, id: caseId, subject, language, productId } = of;
  const fields = {
    title: subject || of.number,
    body: resolution,
    language: language ?? 'en',
    audience: 'staff' as const,
  };
  const article = newArticle(now, id, { ...fields, ...(productId && { productId }) }, { customerId, caseId });
  await store.commit([insert(articles, article), eventOf(articleCreated, article)]);
};

export const reaction = consume('draftArticle', subscriptions.draftArticle, draftArticle);
