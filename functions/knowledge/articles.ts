import type * as z from 'zod';
import { articleArchived, articleChanged, articleCreated, articlePublished } from '../../events/article.ts';
import { newId } from '../../events/ids.ts';
import { termsOf } from '../memory/words.ts';
import { cases } from '../service/cases/case.ts';
import type { Ctx } from '../shared/http/context.ts';
import { created, eventOf, insert, put, remove, update, updated } from '../shared/store/changes.ts';
import { cursorOf, readCursor } from '../shared/store/cursor.ts';
import { recordPage } from '../shared/store/record-page.ts';
import { changeById, fieldsOf, having, patchById, readById } from '../shared/store/records.ts';
import type { Store } from '../shared/store/store.ts';
import { type Article, ArticleFields, articles, audiences, versionParts, versions } from './article.ts';
import { articleArchivedAlready } from './errors.ts';
import type { knowledgeRoutes } from './knowledge-routes.ts';
import { bodyPassages, excerptFor } from './passages.ts';
import { search } from './rank.ts';
import { onShelf, type Readers, type Shelved, shelfChanged, shelfFor, shelved } from './shelf.ts';

/** what readers of an article see: its fields as they were published */
export const publishedVersions = (store: Store, found: Pick<Shelved, 'id' | 'revision'>[]) =>
  store.getAll(
    versions,
    found.map(({ id: articleId, revision }) => ({ articleId, revision })),
  );

type Paging = { limit: number; cursor?: string | undefined };

const searched = async (q: string, readers: Readers, { limit, cursor }: Paging, store: Store) => {
  const terms = termsOf(q);
  const ranked = search(await shelfFor(store, readers), terms);
  const from = cursor ? Number(readCursor(cursor)) || 0 : 0;
  const some = ranked.slice(from, from + limit);
  const [stored, texts] = await Promise.all([
    store.getAll(
      articles,
      some.map(({ document: { id } }) => ({ id })),
    ),
    publishedVersions(
      store,
      some.map(({ document }) => document),
    ),
  ]);
  const items = some.flatMap(({ document: { id }, score }) => {
    const article = stored.find(one => one.id === id);
    const text = texts.find(one => one.articleId === id);
    if (!article || !text) return [];
    const excerpt = excerptFor(bodyPassages(text.body), terms);
    return [
      { ...article, ...fieldsOf(ArticleFields, text), score, excerpt } as Article & { score: number; excerpt: string },
    ];
  });
  return { items, nextCursor: from + limit < ranked.length ? cursorOf(String(from + limit)) : null };
};

type Query = z.output<typeof knowledgeRoutes.findArticles.query>;

export const findArticles = async ({ query }: { query: Query }, { store }: Ctx) => {
  const { q, language, audience, productId, state, ...paging } = query;
  if (q) return searched(q, { language, audience: audience ? [audience] : audiences, productId }, paging, store);
  const keep = having<Article>({ audience, productId, ...(language && { language }) });
  const { items, nextCursor } = await store.list(articles, 'all', state ?? ['published', 'draft'], { ...paging, keep });
  const shown = await publishedVersions(
    store,
    items.filter(one => one.revision > 0),
  );
  const asPublished = (article: Article): Article => {
    const text = article.state === 'published' && shown.find(({ articleId }) => articleId === article.id);
    return text ? { ...article, ...(fieldsOf(ArticleFields, text) as object) } : article;
  };
  return { items: items.map(asPublished), nextCursor };
};

const mostSuggested = 5;

export const suggestArticles = async ({ params: { id = '' } }: { params: Record<string, string> }, { store }: Ctx) => {
  const { subject, description, language, productId } = await store.need(cases, { id });
  const readers = { audience: audiences, language: language ?? undefined, productId: productId ?? undefined };
  const { items } = await searched(
    `${subject}\n${description}`.slice(0, 4000),
    readers,
    { limit: mostSuggested },
    store,
  );
  return { items };
};

export const newArticle = (
  now: string,
  id: Article['id'],
  fields: z.output<typeof ArticleFields>,
  of: Partial<Article> = {},
): Article =>
  created(now, {
    caseId: null,
    customerId: null,
    ...of,
    ...fields,
    id,
    state: 'draft' as const,
    revision: 0,
    publishedAt: null,
  });

export const articleHandlers = {
  createArticle: async ({ body }: { body: z.output<typeof ArticleFields> }, { now, store }: Ctx) => {
    const article = newArticle(now, newId('article', now), body);
    return store.commit([insert(articles, article), eventOf(articleCreated, article)], article);
  },
  readArticle: readById(articles),
  listVersions: async (
    { params: { id = '' }, query }: { params: Record<string, string>; query: Paging },
    { store }: Ctx,
  ) => {
    await store.need(articles, { id });
    return recordPage(store, versions, ['article', id], { ...query, within: versionParts });
  },
  changeArticle: patchById(articles, ArticleFields, article => [eventOf(articleChanged, article)]),
  publishArticle: changeById(articles, (before: Article, _: undefined, { now, actor }) => {
    const published = {
      state: 'published',
      revision: before.revision + 1,
      publishedAt: now,
      customerId: null,
    } as const;
    const after = updated(now, before, published);
    const version = { ...(fieldsOf(ArticleFields, after) as z.output<typeof ArticleFields>), articleId: after.id };
    const changes = [
      update(articles, before, after),
      put(versions, { ...version, revision: after.revision, by: actor, at: now }),
      onShelf(after),
      ...shelfChanged(after.id),
      eventOf(articlePublished, after),
    ];
    return { after, changes };
  }),
  archiveArticle: changeById(articles, async (before: Article, _: undefined, { now, store }) => {
    if (before.state === 'archived') throw articleArchivedAlready();
    const after = updated(now, before, { state: 'archived' });
    const there = await store.get(shelved, { id: before.id });
    const taken = there ? [remove(shelved, there), ...shelfChanged(before.id)] : [];
    return { after, changes: [update(articles, before, after), ...taken, eventOf(articleArchived, after)] };
  }),
  listReviews: ({ query }: { query: Paging }, { store }: Ctx) =>
    store.list(articles, 'review', 'due', { ...query, upwards: true }),
};
