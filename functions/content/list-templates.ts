import type { UseCase } from '../shared/http/contract.ts';
import type { routes } from './contract.ts';
import { templates } from './template.ts';

export const listTemplates: UseCase<typeof routes.listTemplates> = ({ query }, { store }) =>
  store.list(templates, 'all', 'all', query);
