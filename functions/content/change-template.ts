import { templateChanged } from '../../events/template.ts';
import type { Handler } from '../shared/http/contract.ts';
import { parse } from '../shared/http/parse.ts';
import { patched } from '../shared/replaced-fields.ts';
import { emit, update, updated } from '../shared/store/changes.ts';
import type { routes } from './contract.ts';
import { TemplateContent, templates } from './template.ts';

export const changeTemplate: Handler<typeof routes.changeTemplate> = async (
  { params: { id = '' }, body },
  { now, store },
) => {
  const before = await store.need(templates, { id });
  const { name, channel, subject, body: was } = before;
  const content = parse(TemplateContent, patched({ name, channel, subject, body: was }, body));
  const template = updated(now, before, { subject: undefined, ...content });
  return store.commit(
    [
      update(templates, before, template),
      emit(templateChanged, { about: id, data: { name: template.name, channel: template.channel } }),
    ],
    template,
  );
};
