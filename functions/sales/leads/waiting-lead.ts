import * as z from 'zod';
import { LeadId } from '../../../events/ids.ts';
import { leadErased } from '../../../events/lead.ts';
import { Instant } from '../../shared/http/contract.ts';
import { type Change, emit, remove } from '../../shared/store/changes.ts';
import { entity } from '../../shared/store/entity.ts';
import type { StoredLead } from './lead.ts';
import { leadLoadChanges } from './lead-load.ts';

/** A lead for which nobody was free, under its rule; the oldest first. */
export const WaitingLead = z.object({
  leadId: LeadId,
  ruleId: z.string(),
  openedAt: Instant,
  language: z.string().nullable(),
  knownBy: z.string().nullable(),
  /** of a territory */
  teams: z.array(z.string()).optional(),
});
export type WaitingLead = z.output<typeof WaitingLead>;

export const waitingLeads = entity('waiting-lead', WaitingLead, {
  onErase: 'not-personal',
  key: ({ ruleId, openedAt, leadId }: Pick<WaitingLead, 'ruleId' | 'openedAt' | 'leadId'>) => ({
    of: ['waiting-lead', ruleId],
    part: `${openedAt}#${leadId}`,
  }),
});

/** what goes with a lead that is erased */
export const leadReleased = (before: StoredLead): Change[] => [
  ...(before.waiting ? [remove(waitingLeads, before.waiting)] : []),
  ...leadLoadChanges(before, undefined),
  ...(before.ownerId ? [emit(leadErased, { about: before.id, data: { ownerId: before.ownerId } })] : []),
];
