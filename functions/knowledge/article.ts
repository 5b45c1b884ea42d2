import * as z from 'zod';
import { CaseId, CustomerId, idOf } from '../../events/ids.ts';
import { Day, foreignId, LanguageTag, line, prose } from '../shared/fields.ts';
import { Instant, stamps } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';

export const audiences = ['public', 'customers', 'staff'] as const;
export type Audience = (typeof audiences)[number];

export const ArticleFields = z.strictObject({
  title: line(300),
  body: prose(40_000).describe('Markdown'),
  language: LanguageTag,
  audience: z.enum(audiences).describe('`customers`: those who are signed in'),
  tags: z.array(line(60)).max(30).optional(),
  productId: foreignId(128).optional(),
  reviewOn: Day.optional().describe('when somebody has to see whether it is still true'),
});

export const states = ['draft', 'published', 'archived'] as const;

/** An article as its authors see it: its fields may be ahead of what is published. */
export const Article = z.object({
  id: idOf('article'),
  ...ArticleFields.shape,
  state: z.enum(states),
  /** of the latest publication; 0: there was none */
  revision: z.int(),
  publishedAt: Instant.nullable(),
  /** the case whose resolution it was drafted from */
  caseId: CaseId.nullable(),
  customerId: CustomerId.nullable(),
  ...stamps,
});
export type Article = z.output<typeof Article>;

export const articles = entity('article', Article, {
  onMerge: 'follow',
  // what was published is the company's; a draft of a resolution may be about the person
  onErase: article => (article.revision ? { left: { ...article, customerId: null, caseId: null } } : {}),
  owner: ({ customerId }) => customerId,
  lists: {
    all: { by: ({ state }) => state, shards: 2 },
    review: {
      by: ({ reviewOn, state }) => (reviewOn && state === 'published' ? 'due' : undefined),
      sort: ({ reviewOn }) => reviewOn ?? '',
    },
  },
});

/** A version as it was published. */
export const Version = z.object({
  articleId: idOf('article'),
  revision: z.int(),
  ...ArticleFields.shape,
  by: z.string(),
  at: Instant,
});
export type Version = z.output<typeof Version>;

export const versions = entity('article-version', Version, {
  onErase: 'not-personal',
  key: ({ articleId, revision }: Pick<Version, 'articleId' | 'revision'>) => ({
    of: ['article', articleId],
    part: `version#${String(revision).padStart(6, '0')}`,
  }),
});

export const versionParts = { from: 'version#', to: 'version#~' };
