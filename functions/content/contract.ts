import * as z from 'zod';
import { CustomerId } from '../../events/ids.ts';
import { scopeMissing } from '../shared/http/api-error.ts';
import { creates, lists, route, warning } from '../shared/http/contract.ts';
import { brandRoutes } from './brand-routes.ts';
import { notRendered, templateInUse } from './errors.ts';
import { Template, TemplateContent } from './template.ts';

const templateExample = {
  name: 'Still thinking about it?',
  channel: 'email',
  subject: '{{ customer.givenName }}, the {{ event.properties.model }} waits for you',
  body: '<p>Dear {{ customer.name }},</p><p>book a test drive.</p><p><a href="{{ unsubscribeUrl }}">Unsubscribe</a></p>',
};

const Preview = z.object({ subject: z.string().nullable(), html: z.string().nullable(), text: z.string() });

const { name, subject, body, brandId } = TemplateContent.shape;

export const about = 'Message templates, written in Liquid, and the brands that send them.';

export const templateRoutes = {
  createTemplate: route('POST /v1/templates', {
    summary: 'Create a message template in Liquid',
    scope: 'marketing.write',
    body: TemplateContent,
    reply: warning(Template),
    ...creates('/v1/templates'),
    example: templateExample,
  }),
  listTemplates: route('GET /v1/templates', {
    summary: 'List templates, newest first',
    scope: 'marketing.read',
    ...lists(Template),
  }),
  readTemplate: route('GET /v1/templates/{id}', {
    summary: 'Read a template',
    scope: 'marketing.read',
    reply: Template,
  }),
  changeTemplate: route('PATCH /v1/templates/{id}', {
    summary: 'Change a template (JSON Merge Patch); its channel cannot be changed',
    scope: 'marketing.write',
    body: z.strictObject({
      name: name.optional(),
      subject: subject.nullable(),
      body: body.optional(),
      brandId: brandId.nullable(),
    }),
    reply: warning(Template),
    example: { subject: 'Your test drive' },
  }),
  removeTemplate: route('DELETE /v1/templates/{id}', {
    summary: 'Delete a template that nothing uses; messages that were made of it can still be explained by its id',
    scope: 'marketing.write',
    reply: Template,
    errors: [templateInUse],
  }),
  previewTemplate: route('POST /v1/templates/{id}/preview', {
    summary:
      'Render a template for a customer and an event without sending it. Naming a customer needs the scope customers.read',
    scope: 'marketing.read',
    body: z.strictObject({
      customerId: CustomerId.optional(),
      event: z.record(z.string(), z.unknown()).optional(),
      run: z.record(z.string(), z.unknown()).optional().describe('of a journey: its `data`'),
    }),
    reply: Preview,
    errors: [notRendered, scopeMissing],
    example: { event: { properties: { model: 'AX-7' } } },
  }),
};

export const routes = { ...templateRoutes, ...brandRoutes };
