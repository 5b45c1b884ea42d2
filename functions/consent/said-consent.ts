import * as z from 'zod';
import { ConsentStatus, LawfulBasis } from '../../events/customer.ts';
import { Instant } from '../shared/http/contract.ts';
import { Duration } from '../shared/time/duration.ts';

const mostProof = 16_384;

const text = (most: number) => z.string().trim().min(1, 'is empty').max(most);

const Wording = z
  .strictObject({ text: text(10_000).optional(), version: text(100).optional() })
  .refine(({ text, version }) => text !== undefined || version !== undefined, 'needs text or version');

/** where a word comes from, and under what terms it was given */
export const origin = {
  source: text(200),
  proof: z
    .json()
    .refine(proof => JSON.stringify(proof).length <= mostProof, `is more than ${mostProof} characters`)
    .optional(),
  purpose: z.string().max(64).optional(),
  lawfulBasis: LawfulBasis.optional(),
  wording: Wording.describe('what the customer was shown').optional(),
  jurisdiction: z
    .string()
    .regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, 'is a country or a part of one, such as DE or US-CA (ISO 3166)')
    .optional(),
  expiresAt: Instant.optional(),
  validity: Duration.describe('how long it counts, in place of `expiresAt`').optional(),
};

const ofGrants = ['expiresAt', 'validity', 'confirmed'] as const;

/** What somebody says that a customer granted or withdrew. */
export const SaidConsent = z
  .strictObject({
    status: ConsentStatus,
    ...origin,
    confirmed: z
      .literal(true)
      .optional()
      .describe('it was confirmed elsewhere, as `proof` shows: no link is sent though the topic asks for one'),
  })
  .superRefine((said, context) => {
    const fault = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    for (const name of ofGrants) {
      if (said.status === 'withdrawn' && said[name] !== undefined) fault(name, 'belongs to a grant');
    }
    if (said.expiresAt && said.validity) fault('validity', 'is not given together with expiresAt');
    if (said.confirmed && said.proof === undefined) fault('proof', 'has to show how it was confirmed');
  });
export type SaidConsent = z.output<typeof SaidConsent>;
