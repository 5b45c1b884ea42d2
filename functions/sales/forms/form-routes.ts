import * as z from 'zod';
import { creates, lists, route } from '../../shared/http/contract.ts';
import { formBusy, formOrigin } from '../errors.ts';
import { Form, FormFields, Refusal } from './form.ts';

const { name, fields, topics, wording, honeypot, source, origins } = FormFields.shape;

const read = { scope: 'sales.read' } as const;
const admin = { scope: 'settings.admin', reply: Form } as const;

export const formRoutes = {
  createForm: route('POST /v1/forms', {
    summary: 'Create a form: the fields that a page posts, which make a lead, and the topics that can be asked for',
    ...admin,
    body: FormFields,
    ...creates('/v1/forms'),
    example: {
      name: 'Test drive',
      fields: [
        { name: 'name', required: true },
        { name: 'email', type: 'email', required: true },
        { name: 'model', type: 'choice', options: ['Auto Volt 7', 'Auto Volt 9'], fills: 'interest' },
      ],
      topics: ['newsletter'],
    },
  }),
  listForms: route('GET /v1/forms', { summary: 'List forms', ...read, ...lists(Form) }),
  readForm: route('GET /v1/forms/{id}', { summary: 'Read a form', ...read, reply: Form }),
  changeForm: route('PATCH /v1/forms/{id}', {
    summary: 'Change a form (JSON Merge Patch)',
    ...admin,
    body: z.strictObject({
      ...{ name: name.optional(), fields: fields.optional(), topics: topics.unwrap().optional() },
      ...{ wording: wording.nullish(), source: source.nullish() },
      ...{ honeypot: honeypot.unwrap().optional(), origins: origins.unwrap().optional() },
    }),
    example: { topics: ['newsletter', 'events'] },
  }),
  removeForm: route('DELETE /v1/forms/{id}', { summary: 'Delete a form; its leads stay', ...admin }),
  submitForm: route('POST /v1/forms/{id}/submissions', {
    summary: 'Submit a form from a page: JSON or a form post, with a write key; topics are those that are asked for',
    auth: 'writeKey',
    query: z.strictObject({ writeKey: z.string().optional() }),
    rawBody: true,
    status: 202,
    reply: z.object({ received: z.literal(true) }),
    errors: [formBusy, formOrigin],
  }),
  listFormRefusals: route('GET /v1/forms/{id}/refusals', {
    summary: 'List the posts to a form that were refused in the last 30 days, and why, without their content',
    ...read,
    ...lists(Refusal),
  }),
};
