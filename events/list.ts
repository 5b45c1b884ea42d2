import * as z from 'zod';
import { event } from './define.ts';

const list = { name: z.string(), kind: z.enum(['static', 'dynamic']) };
/** `source`: what put it there or took it off, where it was not by hand */
const moved = z.object({ name: z.string(), source: z.string().optional() });
const example = { name: 'Fleet owners', kind: 'static' } as const;

export const listCreated = event('customers', 'list.created', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'somebody began a list of customers',
  data: () => z.object(list),
  example,
});

export const listChanged = event('customers', 'list.changed', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'a list has another name, condition or readership',
  data: () => z.object(list),
  example,
});

export const listRemoved = event('customers', 'list.removed', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'a list is no more; the customers on it stay as they are',
  data: () => z.object(list),
  example,
});

export const listMemberAdded = event('customers', 'list-member.added', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'a customer was put on a list; `about` is the list',
  data: () => moved,
  example: { name: 'Fleet owners' },
});

export const listMemberRemoved = event('customers', 'list-member.removed', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'a customer was taken off a list; `about` is the list',
  data: () => moved,
  example: { name: 'Fleet owners' },
});
