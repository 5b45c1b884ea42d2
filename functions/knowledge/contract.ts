import { caseResolved } from '../../events/case.ts';
import { on } from '../shared/http/contract.ts';
import { helpRoutes, helpSettingsRoutes } from './help/help-routes.ts';
import { knowledgeRoutes } from './knowledge-routes.ts';

export const about = 'Knowledge articles and the search in them; answers from articles only; the help centre.';

export const routes = { ...knowledgeRoutes, ...helpRoutes, ...helpSettingsRoutes };

export const subscriptions = {
  draftArticle: on([caseResolved], 'drafts an article for staff of what resolved a case, once per case'),
};
