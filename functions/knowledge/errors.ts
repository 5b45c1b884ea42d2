import { conflict, problem } from '../shared/http/api-error.ts';

export const articleArchivedAlready = conflict('article.archived', 'The article is archived. Publish it first.');
export const conversationOther = problem(
  'missing',
  'conversation.not-found',
  'The conversation is of another customer.',
);
