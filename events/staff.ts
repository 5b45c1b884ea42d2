import * as z from 'zod';
import { byStaff, event } from './define.ts';

const Team = z.object({ name: z.string(), lead: z.string().optional(), parent: z.string().optional() });
const team = { name: 'Key accounts', lead: '5f0c', parent: 'sales' };

export const teamChanged = event('customers', 'team.changed', byStaff, {
  summary: 'a team was created or changed',
  data: () => Team,
  example: team,
});

export const teamRemoved = event('customers', 'team.removed', byStaff, {
  summary: 'a team was deleted',
  data: () => Team,
  example: team,
});

const Staff = z.object({ name: z.string(), team: z.string().optional(), reportsTo: z.string().optional() });
const staff = { name: 'Sue Ong', team: 'key-accounts', reportsTo: '71aa' };

export const staffChanged = event('customers', 'staff.changed', byStaff, {
  summary: 'a staff member was created or changed; `about` is the user',
  data: () => Staff,
  example: staff,
});

export const staffRemoved = event('customers', 'staff.removed', byStaff, {
  summary: 'a staff member was deleted; `about` is the user',
  data: () => Staff,
  example: staff,
});

export const ownerAssigned = event('customers', 'owner.assigned', byStaff, {
  summary: 'the owner of a customer was assigned or removed',
  data: () => z.object({ userId: z.string().nullable(), from: z.string().nullable(), source: z.string().optional() }),
  example: { userId: '5f0c', from: null },
});
