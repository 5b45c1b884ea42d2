import { newId } from '../../events/ids.ts';
import { templateCreated } from '../../events/template.ts';
import type { UseCase } from '../shared/http/contract.ts';
import { first, insert, say } from '../shared/store/changes.ts';
import type { routes } from './contract.ts';
import { type Template, templates } from './template.ts';

export const createTemplate: UseCase<typeof routes.createTemplate> = async ({ body }, { now, store }) => {
  const template: Template = first(now, { ...body, id: newId('template', now) });
  const { id, name, channel } = template;
  return store.commit(
    [insert(templates, template), say(templateCreated, { about: id, data: { name, channel } })],
    template,
  );
};
