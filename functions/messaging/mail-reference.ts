import { createHash } from 'node:crypto';
import * as z from 'zod';
import { Instant } from '../shared/http/contract.ts';
import { put } from '../shared/store/changes.ts';
import { entity } from '../shared/store/entity.ts';
import { plus } from '../shared/time/duration.ts';

const lasts = 'P730D';

/** Which case a mail, or a conversation of another channel, belongs to; by a digest of its id. */
export const mailReferences = entity('mail-reference', z.object({ id: z.string(), about: z.string(), at: Instant }), {
  onErase: 'not-personal', // a digest and the id of a case
  expires: ({ at }) => plus(at, lasts),
});

/** SES appends its own domain to the ids that it gives: `<id@eu-central-1.amazonses.com>` */
const ofSes = /^<?([^<>@]+)@(?:[\w-]+\.)?(?:amazonses|email\.amazonses)\.com>?$/;

export const referenceId = (messageId: string) =>
  createHash('sha256')
    .update(ofSes.exec(messageId)?.[1] ?? messageId)
    .digest('base64url')
    .slice(0, 26);

export const referenceTo = (about: string, messageId: string, at: string) =>
  put(mailReferences, { id: referenceId(messageId), about, at });
