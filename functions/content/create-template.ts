import { newId } from '../../events/ids.ts';
import { templateCreated } from '../../events/template.ts';
import type { Handler } from '../shared/http/contract.ts';
import { created, emit, insert } from '../shared/store/changes.ts';
import type { routes } from './contract.ts';
import { type Template, templates } from './template.ts';

export const createTemplate: Handler<typeof routes.createTemplate> = async ({ body }, { now, store }) => {
  const template: Template = created(now, { ...body, id: newId('template', now) });
  const { id, name, channel } = template;
  return store.commit(
    [insert(templates, template), emit(templateCreated, { about: id, data: { name, channel } })],
    template,
  );
};
