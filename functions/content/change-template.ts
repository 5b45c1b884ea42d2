import { templateChanged } from '../../events/template.ts';
import type { UseCase } from '../shared/http/contract.ts';
import { parse } from '../shared/http/parse.ts';
import { patched } from '../shared/replaced-fields.ts';
import { next, say, update } from '../shared/store/changes.ts';
import type { routes } from './contract.ts';
import { TemplateContent, templates } from './template.ts';

export const changeTemplate: UseCase<typeof routes.changeTemplate> = async (
  { params: { id = '' }, body },
  { now, store },
) => {
  const before = await store.need(templates, { id });
  const { name, channel, subject, body: was } = before;
  const content = parse(TemplateContent, patched({ name, channel, subject, body: was }, body));
  const template = next(now, before, { subject: undefined, ...content });
  return store.commit(
    [
      update(templates, before, template),
      say(templateChanged, { about: id, data: { name: template.name, channel: template.channel } }),
    ],
    template,
  );
};
