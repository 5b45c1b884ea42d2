import * as z from 'zod';
import { event } from './define.ts';

const Team = z.object({ name: z.string(), lead: z.string().optional(), parent: z.string().optional() });
const team = { name: 'Key accounts', lead: '5f0c', parent: 'sales' };

export const teamChanged = event('customers', 'team.changed', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'a team was described, or described anew',
  data: () => Team,
  example: team,
});

export const teamRemoved = event('customers', 'team.removed', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'a team is no more',
  data: () => Team,
  example: team,
});

const Staff = z.object({ name: z.string(), team: z.string().optional(), reportsTo: z.string().optional() });
const staff = { name: 'Sue Ong', team: 'key-accounts', reportsTo: '71aa' };

export const staffChanged = event('customers', 'staff.changed', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'somebody who works for the company was described, or described anew; `about` is the user',
  data: () => Staff,
  example: staff,
});

export const staffRemoved = event('customers', 'staff.removed', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'somebody does not work for the company any more; `about` is the user',
  data: () => Staff,
  example: staff,
});

export const ownerAssigned = event('customers', 'owner.assigned', {
  by: 'staff',
  contact: null,
  triggers: true,
  summary: 'somebody else looks after a customer from now on, or nobody in particular',
  data: () => z.object({ userId: z.string().nullable(), from: z.string().nullable(), source: z.string().optional() }),
  example: { userId: '5f0c', from: null },
});
