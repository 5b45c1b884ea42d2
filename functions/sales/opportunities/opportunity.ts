import * as z from 'zod';
import { CustomerId, LeadId, OpportunityId } from '../../../events/ids.ts';
import { Money } from '../../../events/money.ts';
import { Day, line, prose, Slug, UserId } from '../../shared/fields.ts';
import { Instant, stamps } from '../../shared/http/contract.ts';
import { Imported } from '../../shared/imports/importable.ts';
import { entity } from '../../shared/store/entity.ts';
import type { EraseRecord } from '../../shared/store/erase.ts';
import { opportunityExternalIdTaken } from '../errors.ts';
import { tally } from '../pipelines/tally.ts';

export const OpportunityStatus = z.enum(['open', 'won', 'lost']);

/** who works on it beside its owner, and as what */
export const TeamMember = z.strictObject({ userId: UserId, role: line(60) });

export const mostMilestones = 30;

/** What has to happen on the way to a sale, until a day. */
export const Milestone = z.object({
  id: Slug,
  name: line(200),
  dueOn: Day,
  reachedOn: Day.optional(),
  evidence: prose(2000).describe('what shows that it was reached').optional(),
  slips: z.int().describe('how often it was missed, or moved to a later day'),
});
export type Milestone = z.output<typeof Milestone>;

/** A possible sale to a customer, at a stage of a pipeline. */
export const Opportunity = z.object({
  id: OpportunityId,
  /** the id in another system; unique */
  externalId: z.string().nullable(),
  customerId: CustomerId,
  /** the lead it came from */
  leadId: LeadId.nullable(),
  name: z.string(),
  status: OpportunityStatus,
  pipelineId: z.string(),
  /** its stage, or the one it was won or lost at */
  stage: z.string(),
  stageSince: Instant,
  amount: Money.nullable(),
  closeOn: z.iso.date().nullable(),
  ownerId: z.string().nullable(),
  source: z.string().nullable(),
  /** why it was won or lost */
  reason: z.string().nullable(),
  team: z.array(TeamMember),
  competitors: z.array(z.string()),
  lostTo: z.string().nullable(),
  milestones: z.array(Milestone).describe('by day').optional(),
  /** since when it has been at its stage for too long */
  stalledAt: Instant.nullable(),
  /** seconds at the stages before, by stage */
  timeInStages: z.record(z.string(), z.number()),
  openedAt: Instant,
  closedAt: Instant.nullable(),
  ...stamps,
});
export type Opportunity = z.output<typeof Opportunity>;

export const StoredOpportunity = Opportunity.extend({ imported: Imported.optional() });
export type StoredOpportunity = z.output<typeof StoredOpportunity>;

/** the open ones at a stage of a pipeline */
export const atStage = (pipelineId: string, stage: string) => `${pipelineId}#${stage}`;

/** those that were won or lost in a month */
export const closedIn = (pipelineId: string, month: string) => `${pipelineId}#${month}`;

const monthLength = 'YYYY-MM'.length;

const erasedName = '(erased)';

/** The figures stay, without anything about the customer; an open opportunity is lost. */
const erasedOpportunity: EraseRecord<StoredOpportunity> = (
  { imported: _, milestones: __, ...before },
  { erasure: { at } },
) => {
  if (before.name === erasedName) return { left: before };
  const lost = before.status === 'open' ? ({ status: 'lost', closedAt: at } as const) : {};
  const personal = { leadId: null, externalId: null, reason: null, source: null };
  const left: Opportunity = { ...before, ...lost, ...personal, name: erasedName };
  return { left, changes: tally(before, left) };
};

export const opportunities = entity('opportunity', StoredOpportunity, {
  onMerge: 'follow',
  onErase: (before, erasing) => erasedOpportunity(before, erasing),
  owner: ({ customerId }) => customerId,
  lists: {
    all: { by: () => 'all', shards: 4 },
    stage: {
      by: ({ status, pipelineId, stage }) => (status === 'open' ? atStage(pipelineId, stage) : undefined),
      sort: ({ stageSince }) => stageSince,
    },
    closed: {
      by: ({ pipelineId, closedAt }) => (closedAt ? closedIn(pipelineId, closedAt.slice(0, monthLength)) : undefined),
      shards: 2,
    },
  },
  fact: { record: 'opportunity', shown: Opportunity },
  unique: {
    externalId: { taken: opportunityExternalIdTaken, of: ({ externalId }) => externalId },
  },
  upcasts: [
    old => ({ externalId: null, openedAt: old.createdAt, ...old }),
    old => ({ team: [], competitors: [], lostTo: null, stalledAt: null, timeInStages: {}, ...old }),
  ],
});
