import type { Handler } from '../shared/http/contract.ts';
import type { routes } from './contract.ts';
import { templates } from './template.ts';

export const readTemplate: Handler<typeof routes.readTemplate> = ({ params: { id = '' } }, { store }) =>
  store.need(templates, { id });
