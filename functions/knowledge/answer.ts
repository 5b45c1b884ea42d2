import * as z from 'zod';
import { CaseId, CustomerId } from '../../events/ids.ts';
import { Instant, stamps } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import { plus } from '../shared/time/duration.ts';

const Turn = z.object({
  at: Instant,
  question: z.string(),
  answer: z.string(),
  articles: z.array(z.string()),
  confidence: z.number(),
});
export type Turn = z.output<typeof Turn>;

/** Questions and answers of one conversation; and its case, once it was handed over. */
export const Dialogue = z.object({
  id: z.string(),
  customerId: CustomerId.nullable(),
  turns: z.array(Turn),
  caseId: CaseId.nullable(),
  ...stamps,
});
export type Dialogue = z.output<typeof Dialogue>;

export const dialogues = entity('dialogue', Dialogue, {
  onMerge: 'follow',
  onErase: 'delete',
  area: 'cases',
  owner: ({ customerId }) => customerId,
  expires: ({ updatedAt }) => plus(updatedAt, 'P90D'),
});

/** What no article answers: the words of a question without the question, which may be about a person. */
export const Gap = z.object({
  id: z.string(),
  terms: z.array(z.string()),
  language: z.string().nullable(),
  count: z.int(),
  lastAskedAt: Instant,
  version: z.int(),
});
export type Gap = z.output<typeof Gap>;

export const gaps = entity('knowledge-gap', Gap, {
  onErase: 'not-personal',
  lists: { all: { by: () => 'all', sort: ({ count }) => String(count).padStart(9, '0') } },
  expires: ({ lastAskedAt }) => plus(lastAskedAt, 'P400D'),
});
