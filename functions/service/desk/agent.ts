import * as z from 'zod';
import { AgentStatus } from '../../../events/agent.ts';
import { LanguageTag, line } from '../../shared/fields.ts';
import { Instant, stamps } from '../../shared/http/contract.ts';
import { entity } from '../../shared/store/entity.ts';
import { AgentId, Key, Skills } from './fields.ts';

export const AgentFields = z.strictObject({
  name: line(200),
  skills: Skills,
  languages: z.array(LanguageTag).max(50).describe('The languages of the agent; empty: any language.').default([]),
  capacity: z.int().min(0).max(1000).describe('The most cases at a time, with those that wait for their customer.'),
  team: line(200).optional(),
  calendarId: Key.describe('The hours in which the agent is given new cases; without: always.').optional(),
});

/** id: the user's */
export const Agent = z.object({
  id: AgentId,
  ...AgentFields.shape,
  status: AgentStatus,
  /** cases assigned now */
  load: z.int().min(0),
  lastAssignedAt: Instant.nullable(),
  ...stamps,
});
export type Agent = z.output<typeof Agent>;

// one partition, so that routing reads all agents consistently
export const agents = entity('agent', Agent, {
  onErase: 'not-personal',
  key: ({ id }: { id: string }) => ({ of: ['agent', 'all'], part: id }),
});
