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
import { LanguageTag, line, prose } from '../../shared/fields.ts';
import { Instant, stamps } from '../../shared/http/contract.ts';
import { lazily } from '../../shared/lazily.ts';
import { entity } from '../../shared/store/entity.ts';
import { nulls } from '../../shared/store/records.ts';
import { Email } from '../../shared/text/email.ts';
import { bodyOf } from '../../shared/text/searchable-text.ts';
import { caseNumberTaken } from '../errors.ts';
import { erasedCase } from './case-changes.ts';

export const CaseStatus = z.enum(['new', 'queued', 'assigned', 'waiting', 'resolved', 'reopened', 'closed']);
export type CaseStatus = z.output<typeof CaseStatus>;

/** the piles that cases are listed in: they change place only from one to the other */
export const piles = ['open', 'resolved', 'closed'] as const;

export const pileOf = (status: CaseStatus) => (status === 'resolved' || status === 'closed' ? status : 'open');

export const CaseText = prose(20_000);

export const CaseFields = z.strictObject({
  customerId: CustomerId.optional(),
  from: z
    .strictObject({ email: Email, name: line(200) })
    .describe('The person who wrote; becomes a customer if no customer has the e-mail address.')
    .optional(),
  subject: line(300),
  description: CaseText.optional(),
  type: CaseType,
  channel: line(40).default('api'),
  language: LanguageTag.optional(),
  productId: line(128).optional(),
  category: line(60).optional(),
  priority: CasePriority.optional(),
  automatic: z
    .boolean()
    .describe('Whether a machine wrote it, such as an out-of-office reply; it is not acknowledged.')
    .default(false),
});

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

export const Rating = z.object({ score: z.int().min(1).max(5), comment: z.string().nullable(), at: Instant });

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
  queue: z.string().nullable(),
  agentId: z.string().nullable(),
  sla: Sla,
  acknowledgedAt: Instant.nullable(),
  resolvedAt: Instant.nullable(),
  resolution: z.string().nullable(),
  closedAt: Instant.nullable(),
  mergedInto: CaseId.nullable(),
  linked: z.array(CaseId).describe('cases that its sender quoted without taking part in them').default([]),
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
  return { ...unknown, sla: noSla, automatic: false, linked: [], participants: [] };
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
  queuedAt: true,
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
  key: ({ caseId, queue, priority, dueAt, queuedAt }: Omit<Waiting, 'language' | 'knownBy'>) => ({
    of: ['waiting', queue ?? ''],
    part: `${rank(priority)}#${dueAt ?? never}#${queuedAt}#${caseId}`,
  }),
});

/** the place of a case in its queue, if it is queued */
export const waitingOf = ({ id, status, queue, priority, language, knownBy, queuedAt, sla }: Case): Waiting | null =>
  status === 'queued'
    ? {
        caseId: id,
        queue,
        priority,
        language,
        knownBy,
        queuedAt,
        dueAt: sla.firstRespondedAt ? (sla.nextResponseDueAt ?? sla.resolutionDueAt) : sla.firstResponseDueAt,
      }
    : null;
