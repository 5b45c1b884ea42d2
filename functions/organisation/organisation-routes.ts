import * as z from 'zod';
import { Slug } from '../shared/fields.ts';
import { page, paging, route } from '../shared/http/contract.ts';
import { Staff, StaffFields } from './staff.ts';
import { Team, TeamFields } from './team.ts';

const read = { scope: 'settings.read' } as const;
const write = { scope: 'settings.write' } as const;
const query = z.strictObject(paging);

export const organisationRoutes = {
  putTeam: route('PUT /v1/teams/{id}', {
    summary: 'Describe a team of the company: who leads it, what it is a part of, which customers it looks after',
    ...write,
    body: TeamFields,
    reply: Team,
    location: ({ id }) => `/v1/teams/${id}`,
    example: {
      name: 'Key accounts',
      lead: '5f0c',
      parent: 'sales',
      territories: { attribute: 'address.country', is: 'SG' },
    },
  }),
  listTeams: route('GET /v1/teams', { summary: 'Teams, by id', ...read, query, reply: page(Team) }),
  readTeam: route('GET /v1/teams/{id}', { summary: 'Read a team', ...read, reply: Team }),
  removeTeam: route('DELETE /v1/teams/{id}', {
    summary: 'Remove a team that nobody is in',
    ...write,
    reply: Team,
    errors: ['team.in-use'],
  }),
  putStaff: route('PUT /v1/staff/{userId}', {
    summary: 'Describe somebody who works for the company',
    ...write,
    body: StaffFields,
    reply: Staff,
    location: ({ id }) => `/v1/staff/${id}`,
    example: { name: 'Sue Ong', email: 'sue@example.com', team: 'key-accounts', reportsTo: '71aa', skills: ['fleet'] },
  }),
  listStaff: route('GET /v1/staff', {
    summary: 'Who works for the company, by id; those of a team',
    ...read,
    query: z.strictObject({ team: Slug.optional(), ...paging }),
    reply: page(Staff),
  }),
  readStaff: route('GET /v1/staff/{userId}', { summary: 'Read who somebody is', ...read, reply: Staff }),
  listReports: route('GET /v1/staff/{userId}/reports', {
    summary: 'Who reports to somebody, and the `line` that they report to, up to the top',
    ...read,
    query,
    reply: page(Staff).extend({ line: z.array(Staff) }),
  }),
  removeStaff: route('DELETE /v1/staff/{userId}', {
    summary: 'Say that somebody does not work for the company any more',
    ...write,
    reply: Staff,
    errors: ['staff.has-reports'],
  }),
};
