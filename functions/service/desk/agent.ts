import * as z from 'zod';
import { AgentStatus } from '../../../events/agent.ts';
import { LanguageTag } from '../../shared/fields.ts';
import { Instant, stamps } from '../../shared/http/contract.ts';
import { entity } from '../../shared/store/entity.ts';
import { Key, line, NaturalKey, Skills } from './keys.ts';

/** what is said of an agent */
export const AgentSettings = z.strictObject({
  name: line,
  skills: Skills,
  /** none: not known, so no hindrance */
  languages: z.array(LanguageTag).max(50).default([]),
  /** cases at a time, those that wait for their customer included */
  capacity: z.int().min(0).max(1000),
  team: line.optional(),
  /** hours in which new cases may be given; without: always */
  calendarId: Key.optional(),
});

/** id: the user's */
export const Agent = z.object({
  id: NaturalKey,
  ...AgentSettings.shape,
  status: AgentStatus,
  /** cases held now */
  load: z.int().min(0),
  /** when the last case was given; null: never */
  lastAssignedAt: Instant.nullable(),
  ...stamps,
});
export type Agent = z.output<typeof Agent>;

/** all agents of a tenant lie in one partition: routing reads them as they are at that very moment */
export const agents = entity('agent', Agent, {
  onErase: 'not-personal',
  key: ({ id }: { id: string }) => ({ of: ['agent', 'all'], part: id }),
});
