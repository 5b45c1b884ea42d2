import * as z from 'zod';
import { CaseId } from '../../events/ids.ts';
import { CaseMessage, Letter } from '../service/cases/case.ts';
import { Instant } from '../shared/http/contract.ts';

const { attachments, raw: _, ...letter } = Letter.shape;

/** A message as staff see it. */
export const ShownMessage = z.object({
  id: z.string(),
  caseId: CaseId.nullable(),
  kind: CaseMessage.shape.kind,
  direction: z.enum(['inbound', 'outbound', 'note']),
  body: z.string(),
  text: z.string().describe('what the sender wrote, without quotes and signature'),
  actor: z.string(),
  at: Instant,
  ...letter,
  attachments: z.array(
    attachments.element.omit({ path: true }).extend({
      url: z.string().nullable().describe('a link that is valid for an hour; null where the file was not taken'),
    }),
  ),
  rawUrl: z.string().nullable().describe('a link to the mail as it came, valid for an hour'),
});
export type ShownMessage = z.output<typeof ShownMessage>;
