import * as z from 'zod';
import { Slug } from '../shared/fields.ts';
import { lists, page, paging, route, warning } from '../shared/http/contract.ts';
import { staffHasReports, teamInUse } from './errors.ts';
import { StaffFields, StaffMember } from './staff-member.ts';
import { Team, TeamFields } from './team.ts';

const read = { scope: 'settings.read' } as const;
const write = { scope: 'settings.write' } as const;
const query = z.strictObject(paging);

export const teamRoutes = {
  putTeam: route('PUT /v1/teams/{id}', {
    summary: 'Create or replace a team: its lead, parent team and territories',
    ...write,
    body: TeamFields,
    reply: warning(Team),
    location: ({ id }) => `/v1/teams/${id}`,
    example: {
      name: 'Key accounts',
      lead: '5f0c',
      parent: 'sales',
      territories: { attribute: 'address.country', is: 'SG' },
    },
  }),
  listTeams: route('GET /v1/teams', { summary: 'List teams, by id', ...read, ...lists(Team) }),
  readTeam: route('GET /v1/teams/{id}', { summary: 'Read a team', ...read, reply: Team }),
  removeTeam: route('DELETE /v1/teams/{id}', {
    summary: 'Delete a team without members or sub-teams',
    ...write,
    reply: Team,
    errors: [teamInUse],
  }),
};

export const staffRoutes = {
  putStaff: route('PUT /v1/staff/{userId}', {
    summary: 'Create or replace a staff member',
    ...write,
    body: StaffFields,
    reply: StaffMember,
    location: ({ id }) => `/v1/staff/${id}`,
    example: { name: 'Sue Ong', email: 'sue@example.com', team: 'key-accounts', reportsTo: '71aa', skills: ['fleet'] },
  }),
  listStaff: route('GET /v1/staff', {
    summary: 'List staff members, all or of a team, by id',
    ...read,
    ...lists(StaffMember, { team: Slug.optional() }),
  }),
  readStaff: route('GET /v1/staff/{userId}', { summary: 'Read a staff member', ...read, reply: StaffMember }),
  listReports: route('GET /v1/staff/{userId}/reports', {
    summary: 'List who reports to a staff member, and the `line` of superiors up to the top',
    ...read,
    query,
    reply: page(StaffMember).extend({ line: z.array(StaffMember) }),
  }),
  removeStaff: route('DELETE /v1/staff/{userId}', {
    summary: 'Delete a staff member without reports',
    ...write,
    reply: StaffMember,
    errors: [staffHasReports],
  }),
};

export const callerRoutes = {
  whoAmI: route('GET /v1/whoami', {
    summary: 'Read who a token is of: its company, user or client, roles and scopes',
    reply: z.object({
      tenant: z.string(),
      actor: z.string(),
      roles: z.array(z.string()),
      scopes: z.array(z.string()),
    }),
  }),
};
