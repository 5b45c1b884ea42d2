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
import { Money } from '../../../events/money.ts';
import { Instant, stamps } from '../../shared/http/contract.ts';
import { lazily } from '../../shared/lazily.ts';
import { entity } from '../../shared/store/entity.ts';
import { nulls } from '../../shared/store/records.ts';
import { bodyOf } from '../../shared/text/searchable-text.ts';
import { caseNumberTaken } from '../errors.ts';
import { erasedCase } from './case-changes.ts';
import { Attributes, CaseFields, CaseText, CheckItem, Tag } from './case-fields.ts';

export const CaseStatus = z.enum(['new', 'queued', 'assigned', 'waiting', 'resolved', 'reopened', 'closed']);
export type CaseStatus = z.output<typeof CaseStatus>;

/** the piles that cases are listed in: they change place only from one to the other */
export const piles = ['open', 'resolved', 'closed'] as const;

export const pileOf = (status: CaseStatus) => (status === 'resolved' || status === 'closed' ? status : 'open');

/** The due times of a case, and those that were missed. Without a policy nothing is due. */
export const Sla = z.object({
  policyId: z.string().nullable(),
  calendarId: z.string().nullable(),
  firstResponseDueAt: Instant.nullable(),
  /** of the answer to what the customer wrote since; null once answered */
  nextResponseDueAt: Instant.nullable().default(null),
  resolutionDueAt: Instant.nullable(),
  firstRespondedAt: Instant.nullable(),
  /** since when the case is in a state in which the resolution clock is paused */
  pausedAt: Instant.nullable(),
  pausedSeconds: z.int().describe('The time in such states, and between resolved and reopened.').default(0),
  workingSeconds: z
    .int()
    .describe('The time since the case was opened, until it was resolved, less pauses.')
    .default(0),
  breached: z.array(CaseClock),
  warned: z.array(CaseClock).default([]),
});
export type Sla = z.output<typeof Sla>;

export const noSla = lazily(
  (): Sla => ({
    ...nulls(Sla),
    pausedSeconds: 0,
    workingSeconds: 0,
    breached: [],
    warned: [],
  }),
);

export const ScheduledReply = z.object({ id: z.string(), at: Instant, body: CaseText, by: z.string() });

export const Compensation = z.object({ amount: Money, reason: z.string(), by: z.string(), at: Instant });

export const Rating = z.object({
  score: z.int().min(1).max(5),
  recommend: z.int().min(0).max(10).nullable().default(null),
  comment: z.string().nullable(),
  at: Instant,
});

/** a case as staff see it */
export const ShownCase = z.object({
  id: CaseId,
  number: z.string().meta({ description: 'The number that customers quote.', examples: ['C-7K3M-9Q2R'] }),
  status: CaseStatus,
  /** null until the sender is identified */
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
  typeId: z.string().nullable(),
  severity: z.string().nullable(),
  impact: z.string().nullable(),
  assetId: z.string().nullable(),
  parentId: CaseId.nullable(),
  linked: z.array(CaseId),
  tags: z.array(Tag),
  attributes: Attributes,
  checklist: z.array(CheckItem),
  /** what it counts of the capacity of an agent */
  weight: z.int(),
  followers: z.array(z.string()),
  queue: z.string().nullable(),
  agentId: z.string().nullable(),
  snoozedUntil: Instant.nullable(),
  scheduledReplies: z.array(ScheduledReply),
  compensations: z.array(Compensation),
  /** of a complaint: when it must be resolved by law */
  legalDueAt: Instant.nullable(),
  legalMissed: z.boolean(),
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
  /** where the customer wrote to, which replies come from */
  mailbox: z.string().nullable(),
  brandId: z.string().nullable(),
  /** addresses that wrote or were written to, beside the customer's own */
  participants: z.array(z.string()),
  /** the id of the latest mail of the customer, which a reply refers to */
  latestMail: z.string().nullable(),
  /** the agent who last worked for this customer */
  knownBy: z.string().nullable(),
  queuedAt: Instant.nullable(),
  /** id of the event that it was last classified for */
  classifiedFor: z.string().nullable(),
  acknowledgement: z.enum(['sent', 'withheld']).nullable(),
  /** when its clocks were last set; workflows started earlier end */
  watchedSince: Instant,
});
export type Case = z.output<typeof Case>;

let unknown: ReturnType<typeof nulls<typeof Case>> | undefined;

/** what a case has of which nothing is known but what its customer wrote */
export const nothingKnown = () => {
  unknown ??= nulls(Case);
  const none = {
    linked: [],
    tags: [],
    attributes: {},
    checklist: [],
    followers: [],
    scheduledReplies: [],
    compensations: [],
    participants: [],
  };
  return { ...unknown, ...none, sla: noSla, automatic: false, weight: 1, legalMissed: false };
};

/** the id of the message that opened a case */
export const firstMessageOf = (caseId: string) => `cmsg_${caseId.slice('case_'.length)}` as CaseMessage['id'];

export const cases = entity('case', Case, {
  onMerge: 'follow',
  onErase: (before, erasing) => erasedCase(before, erasing),
  owner: ({ customerId }) => customerId,
  lists: {
    pile: { by: ({ status }) => pileOf(status), shards: 2 },
    agent: { by: ({ agentId }) => agentId ?? undefined },
  },
  usual: nothingKnown,
  fact: { record: 'case', shown: ShownCase },
  longText: { field: 'description', part: id => firstMessageOf(id), as: 'body' },
  unique: { number: { taken: caseNumberTaken, of: ({ number }) => number } },
  searchText: {
    scope: 'service.read',
    events: [caseOpened, caseResolved, caseRated, caseDiscarded],
    of: ({ number, subject, description, resolution, satisfaction }) => ({
      title: subject,
      body: bodyOf(description, resolution, satisfaction?.comment, number),
    }),
  },
});

export const Address = z.object({ email: z.string().nullable(), name: z.string(), phone: z.string().optional() });

/** What a message of a channel has beside its text. `path`: of the file; null where it was not taken. */
export const Letter = z.object({
  channel: z.string(),
  from: Address.nullable(),
  to: z.array(Address),
  cc: z.array(Address),
  subject: z.string(),
  html: z.string().nullable(),
  /** what the sender quoted, and the signature */
  quoted: z.string(),
  attachments: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      size: z.int(),
      inline: z.boolean(),
      contentId: z.string().nullable(),
      path: z.string().nullable(),
      blocked: z.enum(['type', 'size', 'number']).nullable(),
    }),
  ),
  automatic: z.enum(['auto-reply', 'bounce', 'list', 'loop']).nullable(),
  calendar: z.object({ method: z.string(), uid: z.string(), partstat: z.string().nullable() }).nullable(),
  /** of the message as it came */
  raw: z.string().nullable(),
});
export type Letter = z.output<typeof Letter>;

/** where the files of a case's messages are */
export const filesOfCase = (id: string) => `conversations/${id}/`;

/** A message of a case: from the customer, a reply of an agent, or an internal note. */
export const CaseMessage = z.object({
  id: idOf('caseMessage'),
  caseId: CaseId,
  kind: z.enum(['inbound', 'reply', 'note']),
  body: z.string(),
  actor: z.string(),
  at: Instant,
  letter: Letter.optional(),
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

export const messageParts = { from: 'cmsg_', to: 'cmsg_~' };

/** A case in its queue, ordered by urgency. */
export const Waiting = Case.pick({
  queue: true,
  priority: true,
  language: true,
  knownBy: true,
  weight: true,
  queuedAt: true,
  createdAt: true,
}).extend({ caseId: CaseId, dueAt: Instant.nullable() });
export type Waiting = z.output<typeof Waiting>;

const never = '9999';
/** 0 for the most urgent */
const rank = (priority: Waiting['priority']) =>
  casePriorities.length - 1 - casePriorities.indexOf(priority ?? 'normal');

// in the table and not in an index, which would be read with a delay
export const waitingCases = entity('waiting', Waiting, {
  onErase: 'delete',
  area: 'cases',
  key: ({
    caseId,
    queue,
    priority,
    dueAt,
    createdAt,
  }: Omit<Waiting, 'language' | 'knownBy' | 'weight' | 'queuedAt'>) => ({
    of: ['waiting', queue ?? ''],
    part: `${rank(priority)}#${dueAt ?? never}#${createdAt}#${caseId}`,
  }),
});

/** the place of a case in its queue, if it is queued */
export const waitingOf = ({ id, status, sla, ...of }: Case): Waiting | null =>
  status === 'queued'
    ? {
        caseId: id,
        queue: of.queue,
        priority: of.priority,
        language: of.language,
        knownBy: of.knownBy,
        weight: of.weight,
        queuedAt: of.queuedAt,
        createdAt: of.createdAt,
        dueAt: sla.firstRespondedAt ? (sla.nextResponseDueAt ?? sla.resolutionDueAt) : sla.firstResponseDueAt,
      }
    : null;
