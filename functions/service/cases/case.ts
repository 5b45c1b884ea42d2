import * as z from 'zod';
import {
  CaseClock,
  CasePriority,
  CaseType,
  caseDiscarded,
  caseNoted,
  caseOpened,
  casePriorities,
  caseRated,
  caseReplied,
  caseResolved,
} from '../../../events/case.ts';
import { CaseId, CustomerId, idOf } from '../../../events/ids.ts';
import { LanguageTag } from '../../shared/fields.ts';
import { Instant, stamps } from '../../shared/http/contract.ts';
import { entity } from '../../shared/store/entity.ts';
import { Email } from '../../shared/text/email.ts';
import { bodyOf } from '../../shared/text/searchable-text.ts';
import { erasedCase } from './erased-case.ts';

export const caseStatuses = ['new', 'queued', 'assigned', 'waiting', 'resolved', 'reopened', 'closed'] as const;
export const CaseStatus = z.enum(caseStatuses);
export type CaseStatus = z.output<typeof CaseStatus>;

const line = (most: number) => z.string().trim().min(1, 'is empty').max(most);
export const CaseText = line(20_000);
const Category = line(60);

/** what a client says of a case */
export const CaseFields = z.strictObject({
  customerId: CustomerId.optional(),
  /** whoever wrote, by e-mail address; becomes a customer when nobody has the address */
  from: z.strictObject({ email: Email, name: line(200) }).optional(),
  subject: line(300),
  description: CaseText.optional(),
  type: CaseType,
  channel: line(40).default('api'),
  language: LanguageTag.optional(),
  productId: line(128).optional(),
  category: Category.optional(),
  priority: CasePriority.optional(),
  /** written by a machine, such as an absence note: is never acknowledged */
  automatic: z.boolean().default(false),
});

/** Promises and whether they were kept. Without a policy nothing is due. */
export const Sla = z.object({
  policyId: z.string().nullable(),
  calendarId: z.string().nullable(),
  firstResponseDueAt: Instant.nullable(),
  resolutionDueAt: Instant.nullable(),
  firstRespondedAt: Instant.nullable(),
  /** since when the customer is waited for; the resolution clock stands still */
  pausedAt: Instant.nullable(),
  breached: z.array(CaseClock),
});
export type Sla = z.output<typeof Sla>;

export const Rating = z.object({ score: z.int().min(1).max(5), comment: z.string().nullable(), at: Instant });

/** a case as clients see it */
export const ShownCase = z.object({
  id: CaseId,
  number: z.string().meta({ description: 'what customers quote', examples: ['C-7K3M-9Q2R'] }),
  status: CaseStatus,
  /** null until whoever wrote has been recognised */
  customerId: CustomerId.nullable(),
  from: CaseFields.shape.from.unwrap().nullable(),
  subject: z.string(),
  description: z.string(),
  type: CaseType,
  channel: z.string(),
  language: z.string().nullable(),
  productId: z.string().nullable(),
  category: z.string().nullable(),
  /** null until classified, unless given */
  priority: CasePriority.nullable(),
  queue: z.string().nullable(),
  agentId: z.string().nullable(),
  sla: Sla,
  acknowledgedAt: Instant.nullable(),
  resolvedAt: Instant.nullable(),
  resolution: z.string().nullable(),
  closedAt: Instant.nullable(),
  mergedInto: CaseId.nullable(),
  satisfaction: Rating.nullable(),
  ...stamps,
});

export const Case = ShownCase.extend({
  automatic: z.boolean(),
  /** the agent who last worked for this customer */
  knownBy: z.string().nullable(),
  /** since when it waits for an agent */
  queuedAt: Instant.nullable(),
  /** the event that its present classification answers */
  classifiedFor: z.string().nullable(),
  acknowledgement: z.enum(['sent', 'withheld']).nullable(),
  /** since when its clocks are watched as they are; older watchers end */
  watchedSince: Instant,
});
export type Case = z.output<typeof Case>;

export const cases = entity('case', Case, {
  onErase: (before, erasing) => erasedCase(before, erasing),
  owner: ({ customerId }) => customerId,
  lists: {
    status: { by: ({ status }) => status, shards: 2 },
    agent: { by: ({ agentId }) => agentId ?? undefined },
  },
  unique: { number: { code: 'case.number-taken', of: ({ number }) => number } },
  searchText: {
    scope: 'service.read',
    events: [caseOpened, caseResolved, caseRated, caseDiscarded],
    of: ({ createdAt, number, subject, description, resolution, satisfaction }) => ({
      at: createdAt,
      by: null,
      title: subject,
      body: bodyOf(description, resolution, satisfaction?.comment, number),
    }),
  },
});

/** One contribution to a case: what a customer wrote, an agent's reply, or an internal note. */
export const CaseMessage = z.object({
  id: idOf('caseMessage'),
  caseId: CaseId,
  kind: z.enum(['inbound', 'reply', 'note']),
  body: z.string(),
  actor: z.string(),
  at: Instant,
});
export type CaseMessage = z.output<typeof CaseMessage>;

export const caseMessages = entity('caseMessage', CaseMessage, {
  onErase: 'delete',
  area: 'cases',
  key: ({ caseId, id }: { caseId: string; id: string }) => ({ of: ['case', caseId], part: id }),
  searchText: {
    scope: 'service.read',
    events: [caseReplied, caseNoted],
    of: ({ at, actor, body }) => ({ at, by: actor, title: '', body }),
    partOf: { entity: cases, idIn: 'messageId', key: (id, caseId) => ({ id, caseId }) },
  },
});

/** bounds of a case's messages in its partition */
export const messageParts = { from: 'cmsg_', to: 'cmsg_~' };

/** A case that waits for an agent: its place in its queue, the most pressing first. */
export const Waiting = Case.pick({
  queue: true,
  priority: true,
  language: true,
  knownBy: true,
  queuedAt: true,
}).extend({ caseId: CaseId, dueAt: Instant.nullable() });
export type Waiting = z.output<typeof Waiting>;

const never = '9999';
/** 0 for the most pressing */
const rank = (priority: Waiting['priority']) =>
  casePriorities.length - 1 - casePriorities.indexOf(priority ?? 'normal');

// in the table itself and not in an index: whoever becomes free must see what waits at that very moment
export const waitingCases = entity('waiting', Waiting, {
  onErase: 'delete',
  area: 'cases',
  key: ({ caseId, queue, priority, dueAt, queuedAt }: Omit<Waiting, 'language' | 'knownBy'>) => ({
    of: ['waiting', queue ?? ''],
    part: `${rank(priority)}#${dueAt ?? never}#${queuedAt}#${caseId}`,
  }),
});

/** the place of a case among the waiting, if it waits */
export const waitingOf = ({ id, status, queue, priority, language, knownBy, queuedAt, sla }: Case): Waiting | null =>
  status === 'queued'
    ? {
        caseId: id,
        queue,
        priority,
        language,
        knownBy,
        queuedAt,
        dueAt: sla.firstRespondedAt ? sla.resolutionDueAt : sla.firstResponseDueAt,
      }
    : null;
