import type { Handler } from '../shared/http/contract.ts';
import type { routes } from './contract.ts';
import { templates } from './template.ts';

export const listTemplates: Handler<typeof routes.listTemplates> = ({ query }, { store }) =>
  store.list(templates, 'all', 'all', query);
