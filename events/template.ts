import * as z from 'zod';
import { event } from './define.ts';

const data = z.object({ name: z.string(), channel: z.string() });
const example = { name: 'Test drive reminder', channel: 'email' };

export const templateCreated = event('marketing', 'template.created', {
  by: 'staff',
  contact: null,
  triggers: false,
  summary: 'a template has been written',
  data: () => data,
  example,
});

export const templateChanged = event('marketing', 'template.changed', {
  by: 'staff',
  contact: null,
  triggers: false,
  summary: 'a template has been rewritten; messages rendered from now on follow it',
  data: () => data,
  example,
});
