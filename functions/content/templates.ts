import { newId } from '../../events/ids.ts';
import { templateChanged, templateCreated, templateRemoved } from '../../events/template.ts';
import { preferenceSettings } from '../consent/preference-settings.ts';
import { topicsOf } from '../consent/topic.ts';
import { refuseOrWarn } from '../customer-facts/check-condition.ts';
import { namesKnownTo } from '../customer-facts/known-names.ts';
import { mustBeUnused } from '../customer-facts/uses.ts';
import { customerSeenBy } from '../customers/reads.ts';
import { scopeMissing } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { handlers } from '../shared/http/contract.ts';
import { created, eventOf, insert, update, updated } from '../shared/store/changes.ts';
import { changeById, merged, readById } from '../shared/store/records.ts';
import { compose } from '../shared/text/compose.ts';
import { LiquidFault } from '../shared/text/liquid.ts';
import { brandFault, brands, textsOf } from './brand.ts';
import { templateRoutes } from './contract.ts';
import { notRendered, templateInUse } from './errors.ts';
import { shownTo, type Template, TemplateContent, templates } from './template.ts';
import { emptyIn } from './variables.ts';

const doubtful = async ({ subject = '', body, brandId }: TemplateContent, { store }: Ctx) => {
  const [names, noBrand] = await Promise.all([namesKnownTo(store), brandFault(brandId, store)]);
  return [...emptyIn(subject, 'subject', names), ...emptyIn(body, 'body', names), ...noBrand];
};

const previewLinks = {
  unsubscribeUrl: 'https://unsubscribe.example/preview',
  preferencesUrl: 'https://preferences.example/preview',
};

export const templateHandlers = handlers(templateRoutes, {
  createTemplate: async ({ body }, ctx) => {
    const { now, store } = ctx;
    refuseOrWarn(await doubtful(body, ctx), ctx);
    const template: Template = created(now, {
      ...body,
      shows: shownTo(ctx.scopes),
      id: newId('template', now),
    });
    return store.commit([insert(templates, template), eventOf(templateCreated, template)], template);
  },
  listTemplates: ({ query }, { store }) => store.list(templates, 'all', 'all', query),
  readTemplate: readById(templates),
  changeTemplate: changeById(templates, async (before, patch, ctx) => {
    const content = merged(ctx.now, TemplateContent, before, patch);
    if (!content) return { after: before, changes: [] };
    refuseOrWarn(await doubtful(content, ctx), ctx);
    const after = { ...content, shows: shownTo(ctx.scopes) };
    return { after, changes: [update(templates, before, after), eventOf(templateChanged, after)] };
  }),
  removeTemplate: changeById(templates, async (before, _, { now, store }) => {
    if (before.archivedAt) return { after: before, changes: [] };
    const topics = (await topicsOf(store)).filter(one => one.confirmTemplateId === before.id);
    if (topics.length) throw templateInUse(`It confirms the topic ${topics[0]!.topic}. Change that first.`);
    await mustBeUnused(store, [{ kind: 'template', id: before.id }], templateInUse);
    const after = updated(now, before, { archivedAt: now });
    return { after, changes: [update(templates, before, after), eventOf(templateRemoved, after)] };
  }),
  previewTemplate: async ({ params: { id = '' }, body: { customerId, event = {}, run = {} } }, ctx) => {
    const { tenant, scopes, store } = ctx;
    if (customerId && !scopes.has('customers.read')) {
      throw scopeMissing('A preview for a customer needs the scope customers.read.');
    }
    const template = await store.need(templates, { id });
    const customer = customerId ? await customerSeenBy(ctx, customerId) : {};
    try {
      const { name = tenant } = await preferenceSettings.of(store);
      const brand = template.brandId ? await store.get(brands, { id: template.brandId }) : undefined;
      const scope = { customer, event, run, tenant: { name: brand?.name ?? name }, ...previewLinks };
      const { subject, html, text } = compose(template, scope, { texts: textsOf(brand) });
      return { subject: subject ?? null, html: html ?? null, text };
    } catch (error) {
      if (error instanceof LiquidFault) throw notRendered(error.message);
      throw error;
    }
  },
});
