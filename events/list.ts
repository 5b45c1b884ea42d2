import * as z from 'zod';
import { byStaff, bySystem, event } from './define.ts';

const list = { name: z.string(), kind: z.enum(['static', 'dynamic']) };
/** `source`: what added or removed it, unless a person did */
const membership = z.object({ name: z.string(), source: z.string().optional() });
const example = { name: 'Fleet owners', kind: 'static' } as const;

export const listCreated = event('customers', 'list.created', byStaff, {
  summary: 'a list of customers was created',
  data: () => z.object(list),
  example,
});

export const listChanged = event('customers', 'list.changed', byStaff, {
  summary: 'the name, condition or sharing of a list was changed',
  data: () => z.object(list),
  example,
});

export const listRemoved = event('customers', 'list.removed', byStaff, {
  summary: 'a list was deleted; the customers on it stay',
  data: () => z.object(list),
  example,
});

export const listMemberAdded = event('customers', 'list-member.added', bySystem, {
  summary: 'a customer was added to a list; `about` is the list',
  data: () => membership,
  example: { name: 'Fleet owners' },
});

export const listMemberRemoved = event('customers', 'list-member.removed', bySystem, {
  summary: 'a customer was removed from a list; `about` is the list',
  data: () => membership,
  example: { name: 'Fleet owners' },
});
