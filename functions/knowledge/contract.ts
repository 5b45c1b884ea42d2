import { caseResolved } from '../../events/case.ts';
import { on } from '../shared/http/contract.ts';
import { knowledgeRoutes } from './knowledge-routes.ts';

export const about = 'Knowledge articles and the search in them; answers to questions from articles only.';

export const routes = knowledgeRoutes;

export const subscriptions = {
  draftArticle: on([caseResolved], 'drafts an article for staff of what resolved a case, once per case'),
};
