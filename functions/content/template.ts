import * as z from 'zod';
import { TemplateId } from '../../events/ids.ts';
import { Slug } from '../shared/fields.ts';
import { stamps } from '../shared/http/contract.ts';
import { scopes } from '../shared/http/roles.ts';
import { WebhookUrl } from '../shared/http/webhook-url.ts';
import { archivedAt, archiving } from '../shared/store/archive.ts';
import { entity } from '../shared/store/entity.ts';
import type { Store } from '../shared/store/store.ts';
import { liquidFaults } from './variables.ts';

export const templateChannels = ['email', 'sms', 'push', 'webhook', 'inapp', 'phone', 'post'] as const;

export const isProvided = (channel: string) => (templateChannels as readonly string[]).includes(channel);

const Liquid = (most: number) =>
  z
    .string()
    .min(1, 'is empty')
    .max(most)
    .superRefine((text, context) => {
      for (const { message, ...params } of liquidFaults(text)) context.addIssue({ code: 'custom', message, params });
    });

/** The content of a message, in Liquid. The body of an e-mail or letter is HTML or plain text; a text part is derived from HTML. */
export const TemplateContent = z
  .strictObject({
    name: z.string().trim().min(1, 'is empty').max(200),
    channel: z.enum(templateChannels),
    subject: Liquid(998).optional(),
    body: Liquid(100_000),
    brandId: Slug.optional().describe('the sender and look of its e-mails; unless set those of the messaging settings'),
  })
  .superRefine(({ channel, subject }, context) => {
    const url = channel === 'webhook' && subject && !subject.includes('{{') ? WebhookUrl.safeParse(subject) : undefined;
    for (const { message } of url?.error?.issues ?? []) {
      context.addIssue({
        code: 'custom',
        path: ['subject'],
        message: `the subject of a webhook is its URL; it ${message}`,
      });
    }
    if (channel === 'email' && subject === undefined) {
      context.addIssue({ code: 'custom', path: ['subject'], message: 'an e-mail needs a subject' });
    }
  });
export type TemplateContent = z.output<typeof TemplateContent>;

export const Template = z.object({
  id: TemplateId,
  name: z.string(),
  channel: z.enum(templateChannels),
  subject: z.string().optional(),
  body: z.string(),
  brandId: Slug.optional(),
  shows: z
    .array(z.string())
    .describe('the reading scopes of who changed it last: its messages show of customers and events what these allow'),
  archivedAt,
  ...stamps,
});
export type Template = z.output<typeof Template>;

export const templates = entity('template', Template, {
  onErase: 'not-personal',
  lists: archiving({ all: { by: () => 'all' } }),
});

/** those that may be used from now on */
export const usableTemplates = async (store: Store, ids: Template['id'][]): Promise<Template[]> =>
  (await store.getByIds(templates, [...new Set(ids)])).filter(one => !one.archivedAt);

const reading = scopes.filter(scope => /\.(read|confidential)$/.test(scope));

/** what messages show that who has these scopes writes */
export const shownTo = (held: ReadonlySet<string>) => reading.filter(scope => held.has(scope));

/** the scopes with which a message sees its customer and event: all, if it is not made of a template */
export const scopesOf = (template: Template | undefined): ReadonlySet<string> => new Set(template?.shows ?? reading);
