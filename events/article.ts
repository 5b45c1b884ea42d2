import * as z from 'zod';
import { byStaff, bySystem, event } from './define.ts';

const Data = z.object({ title: z.string(), language: z.string(), state: z.string() });
const example = { title: 'How to descale a kettle', language: 'en', state: 'draft' };

export const articleCreated = event('service', 'article.created', byStaff, {
  summary: 'a knowledge article was drafted, by hand or of the resolution of a case',
  data: () => Data,
  example,
});

export const articleChanged = event('service', 'article.changed', byStaff, {
  summary: 'the draft of a knowledge article was changed; readers see it after the next publication',
  data: () => Data,
  example: { ...example, state: 'published' },
});

export const articlePublished = event('service', 'article.published', byStaff, {
  summary: 'a version of a knowledge article was published',
  data: () => Data.extend({ revision: z.int() }),
  example: { ...example, state: 'published', revision: 1 },
});

export const articleArchived = event('service', 'article.archived', byStaff, {
  summary: 'a knowledge article was taken from its readers',
  data: () => Data,
  example: { ...example, state: 'archived' },
});

export const questionAnswered = event('service', 'question.answered', bySystem, {
  summary: 'a question was answered from articles, or handed over to a person',
  data: () => z.object({ confidence: z.number(), articles: z.array(z.string()), caseId: z.string().nullable() }),
  example: { confidence: 0.82, articles: ['art_01jd5e7k3m9q2r4t6v8w0x1y2z'], caseId: null },
});

export const helpCentreChanged = event('admin', 'help-centre.changed', byStaff, {
  summary: 'the settings of the help centre were changed',
  data: () => z.object({ enabled: z.boolean(), brandId: z.string().optional() }),
  example: { enabled: true },
});
