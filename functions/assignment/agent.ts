import * as z from 'zod';
import { AgentStatus } from '../../events/agent.ts';
import { StaffFields, type StaffMember } from '../organisation/staff-member.ts';
import { Key } from '../shared/fields.ts';
import { Instant, stamps } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';

/** the id of a staff member, as tokens carry it */
export const AgentId = z.string().regex(/^[A-Za-z0-9][\w.@+:|-]{0,127}$/, 'is not the id of a user');

/** what an agent has of its staff member */
const Person = StaffFields.pick({ name: true, skills: true, languages: true, team: true });

const ProfileFields = z.strictObject({
  capacity: z.int().min(0).max(1000).describe('The most cases at a time, with those that wait for their customer.'),
  calendarId: Key.describe('The hours in which the agent is given new cases; without: always.').optional(),
});

export const AgentFields = z.strictObject({
  ...Person.shape,
  name: Person.shape.name.optional().describe('The name of the staff member; needed for a new one.'),
  team: Person.shape.team.describe('A team that does not exist yet is created.'),
  ...ProfileFields.shape,
});

/** The service profile of a staff member; the id is that of the user. */
export const Profile = z.object({
  id: AgentId,
  ...ProfileFields.shape,
  status: AgentStatus,
  /** the weight of the cases assigned now */
  load: z.int().min(0),
  lastAssignedAt: Instant.nullable(),
  /** by queue: when it was last given a case of it */
  turns: z.record(z.string(), Instant).optional(),
  ...stamps,
});
export type Profile = z.output<typeof Profile>;

// one partition, so that routing reads all agents consistently
export const profiles = entity('agent', Profile, {
  onErase: 'not-personal',
  key: ({ id }: { id: string }) => ({ of: ['agent', 'all'], part: id }),
});

export const Agent = z.object({ ...Person.shape, ...Profile.omit({ turns: true }).shape });
export type Agent = z.output<typeof Person> & Profile;

/** the stored part of an agent */
export const profileOf = (agent: Profile): Profile => Profile.parse(agent);

export const agentOf = ({ name, skills, languages, team }: StaffMember, profile: Profile): Agent => ({
  ...profile,
  name,
  skills,
  languages,
  team,
});
