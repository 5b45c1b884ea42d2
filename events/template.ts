import * as z from 'zod';
import { byStaff, event, forTriggers } from './define.ts';

const data = z.object({ name: z.string(), channel: z.string() });
const example = { name: 'Test drive reminder', channel: 'email' };

export const templateCreated = event('marketing', 'template.created', forTriggers, {
  summary: 'a template was created',
  data: () => data,
  example,
});

export const templateChanged = event('marketing', 'template.changed', forTriggers, {
  summary: 'a template was changed; messages that are rendered from now on use it',
  data: () => data,
  example,
});

export const templateRemoved = event('marketing', 'template.removed', forTriggers, {
  summary: 'a template was deleted: nothing new uses it',
  data: () => data,
  example,
});

export const brandChanged = event('marketing', 'brand.changed', byStaff, {
  summary: 'a brand was added or changed: the sender and look of e-mails',
  data: () => z.object({ brandId: z.string() }),
  example: { brandId: 'auto' },
});
