import * as z from 'zod';
import { byStaff, bySystem, event, internal } from './define.ts';
import { LeadId } from './ids.ts';
import { Money } from './money.ts';

/** the data of every event about an opportunity */
const OpportunityData = z.object({
  name: z.string(),
  pipelineId: z.string(),
  stage: z.string(),
  amount: Money.nullable(),
  ownerId: z.string().nullable(),
  leadId: LeadId.nullable(),
});

const example = {
  name: 'Auto Volt 7 for Ada Tan',
  pipelineId: 'default',
  stage: 'proposal',
  amount: { amount: 12_990_000, currency: 'SGD' },
  ownerId: 'mei',
  leadId: 'lead_01jd5e7k3m9q2r4t6v8w0x1y2z',
} as const;

/** how long it was open, in whole days */
const days = z.int().min(0);

export const opportunityCreated = event('sales', 'opportunity.created', byStaff, {
  summary: 'an opportunity was created',
  data: () => OpportunityData,
  example,
});

export const opportunityChanged = event('sales', 'opportunity.changed', byStaff, {
  summary: 'the name, amount, expected close or owner of an opportunity was changed',
  data: () => OpportunityData.extend({ closeOn: z.iso.date().nullable() }),
  example: { ...example, closeOn: '2026-12-18' },
});

export const opportunityAdvanced = event('sales', 'opportunity.advanced', byStaff, {
  summary: 'an opportunity was moved to another stage, forwards or back',
  data: () => OpportunityData.extend({ from: z.string(), daysInStage: days }),
  example: { ...example, from: 'test-drive', daysInStage: 4 },
});

export const opportunityWon = event('sales', 'opportunity.won', byStaff, {
  summary: 'an opportunity was won',
  data: () => OpportunityData.extend({ reason: z.string().nullable(), daysOpen: days }),
  example: { ...example, reason: 'the range', daysOpen: 23 },
});

export const opportunityLost = event('sales', 'opportunity.lost', byStaff, {
  summary: 'an opportunity was lost',
  data: () => OpportunityData.extend({ reason: z.string(), daysOpen: days }),
  example: { ...example, reason: 'price', daysOpen: 41 },
});

export const opportunityStalled = event('sales', 'opportunity.stalled', bySystem, {
  summary: 'an opportunity has been at its stage for longer than the pipeline allows',
  data: () => OpportunityData.extend({ daysInStage: days }),
  example: { ...example, daysInStage: 21 },
});

const milestone = z.object({ id: z.string(), name: z.string(), dueOn: z.iso.date() });
const ordered = { id: 'test-drive', name: 'Test drive with the family', dueOn: '2026-12-09' };

export const opportunityMilestoneReached = event('sales', 'opportunity.milestone-reached', byStaff, {
  summary: 'a milestone of an opportunity was reached; `isLate`: after its day',
  data: () => OpportunityData.extend({ milestone, reachedOn: z.iso.date(), isLate: z.boolean() }),
  example: { ...example, milestone: ordered, reachedOn: '2026-12-08', isLate: false },
});

export const opportunityMilestoneSlipped = event('sales', 'opportunity.milestone-slipped', byStaff, {
  summary:
    'a milestone of an opportunity was not reached on its day, or was moved to a later one: then `from` is the day before; `slips`: how often',
  data: () => OpportunityData.extend({ milestone, from: z.iso.date().nullable(), slips: z.int() }),
  example: { ...example, milestone: ordered, from: '2026-12-02', slips: 1 },
});

export const opportunityMilestoneDue = event('timers', 'opportunity.milestone-due', internal, {
  summary: 'the day of a milestone is over; `opportunity.milestone-slipped` follows if it was not reached',
  data: () => z.object({ milestoneId: z.string(), dueOn: z.iso.date() }),
  example: { milestoneId: 'test-drive', dueOn: '2026-12-09' },
});

export const opportunityStallDue = event('timers', 'opportunity.stall-due', internal, {
  summary: 'the time is over that an opportunity may be at its stage',
  data: () => z.object({ stage: z.string(), stageSince: z.iso.datetime() }),
  example: { stage: 'proposal', stageSince: '2026-12-01T09:00:00.000Z' },
});
