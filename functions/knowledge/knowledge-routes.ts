import * as z from 'zod';
import { CaseId, CustomerId, idOf } from '../../events/ids.ts';
import { customerNotFound } from '../customers/errors.ts';
import { caseNotFound } from '../service/errors.ts';
import { LanguageTag, line, prose } from '../shared/fields.ts';
import { creates, lists, route } from '../shared/http/contract.ts';
import { Gap } from './answer.ts';
import { Article, ArticleFields, audiences, states, Version } from './article.ts';
import { articleArchivedAlready, conversationOther } from './errors.ts';

const read = { scope: 'service.read' } as const;
const write = { scope: 'service.write' } as const;

export const Found = Article.omit({ customerId: true, version: true }).extend({
  version: Article.shape.version,
  score: z.number().optional().describe('how well it fits the search; only comparable within one reply'),
  excerpt: z.string().optional().describe('what fits best, as it stands in the article'),
});

const { title, body, language, audience, ...optional } = ArticleFields.shape;

const Query = {
  q: z
    .string()
    .trim()
    .min(1, 'is empty')
    .max(1000)
    .describe('in words; the best articles come first, as published')
    .optional(),
  language: LanguageTag.optional(),
  audience: z.enum(audiences).optional(),
  productId: line(128).optional(),
  state: z.enum(states).optional().describe('without `q`; all but archived ones by default'),
};

const Asking = z.strictObject({
  question: prose(2000),
  language: LanguageTag.optional(),
  conversationId: z
    .string()
    .regex(/^[\w.-]{1,100}$/, 'is 1 to 100 letters, digits, dots, dashes and underscores')
    .optional()
    .describe('of the reply before'),
});

const Answered = z.object({
  answer: z.string().describe('as it stands in the first of the articles; or that a person will answer'),
  citations: z.array(z.object({ articleId: idOf('article'), title: z.string(), excerpt: z.string() })),
  confidence: z.number().describe('from 0 to 1'),
  conversationId: z.string(),
  handedOver: CaseId.optional(),
});
export type Answered = z.output<typeof Answered>;

export const knowledgeRoutes = {
  createArticle: route('POST /v1/articles', {
    summary: 'Draft an article; nobody but staff sees it before it is published',
    ...write,
    body: ArticleFields,
    reply: Article,
    ...creates('/v1/articles'),
    example: {
      title: 'How to descale a kettle',
      body: 'Fill it with water and two spoons of **citric acid**. Boil it, wait an hour, rinse it twice.',
      language: 'en',
      audience: 'public',
      tags: ['kettle'],
    },
  }),
  findArticles: route('GET /v1/articles', {
    summary: 'Search the published articles, the best first; without `q` list them, newest first',
    ...read,
    ...lists(Found, Query),
  }),
  readArticle: route('GET /v1/articles/{id}', {
    summary: 'Read an article with its latest draft',
    ...read,
    reply: Article,
  }),
  listVersions: route('GET /v1/articles/{id}/versions', {
    summary: 'List the published versions of an article, the latest first',
    ...read,
    ...lists(Version),
  }),
  changeArticle: route('PATCH /v1/articles/{id}', {
    summary: 'Change the draft of an article (JSON Merge Patch); readers see it after the next publication',
    ...write,
    body: z.strictObject({
      ...{
        title: title.optional(),
        body: body.optional(),
        language: language.optional(),
        audience: audience.optional(),
      },
      tags: optional.tags.nullable(),
      productId: optional.productId.nullable(),
      reviewOn: optional.reviewOn.nullable(),
    }),
    reply: Article,
    example: { reviewOn: '2027-06-01' },
  }),
  publishArticle: route('POST /v1/articles/{id}/publish', {
    summary: 'Publish the draft of an article',
    ...write,
    reply: Article,
  }),
  archiveArticle: route('POST /v1/articles/{id}/archive', {
    summary: 'Take an article from its readers; it stays with its versions',
    ...write,
    reply: Article,
    errors: [articleArchivedAlready],
  }),
  listReviews: route('GET /v1/knowledge/reviews', {
    summary: 'List published articles by their review dates, the earliest first',
    ...read,
    ...lists(Article),
  }),
  suggestArticles: route('GET /v1/cases/{id}/suggestions', {
    summary: 'Suggest articles for a case by its subject and its text',
    ...read,
    reply: z.object({ items: z.array(Found) }),
    errors: [caseNotFound],
  }),
  answerQuestion: route('POST /v1/answers', {
    summary:
      'Answer a question from articles only, with citations; what no article answers is handed over as a case with the transcript',
    ...write,
    body: Asking.extend({ customerId: CustomerId.optional() }),
    reply: Answered,
    errors: [customerNotFound, conversationOther],
    example: { question: 'How do I descale my kettle?', language: 'en' },
  }),
  answerMyQuestion: route('POST /v1/me/answers', {
    summary: 'Answer a question of the customer that calls, from articles for customers',
    auth: 'customer',
    body: Asking,
    reply: Answered,
    errors: [conversationOther],
    example: { question: 'How do I descale my kettle?' },
  }),
  listGaps: route('GET /v1/knowledge/gaps', {
    summary: 'List what was asked and no article answered, by the words of the questions, the most frequent first',
    ...read,
    ...lists(Gap),
  }),
  readUsage: route('GET /v1/knowledge/usage', {
    summary: 'Read how many questions of a month were answered, and how many handed over',
    ...read,
    query: z.strictObject({
      month: z
        .string()
        .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'is not a month such as 2026-12')
        .optional(),
    }),
    reply: z.object({
      month: z.string(),
      questions: z.int(),
      answered: z.int(),
      handedOver: z.int(),
      deflection: z.number().nullable().describe('the share of questions that were answered'),
    }),
  }),
};
