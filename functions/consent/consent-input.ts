import * as z from 'zod';
import { ConsentStatus, LawfulBasis } from '../../events/customer.ts';
import { line, prose } from '../shared/fields.ts';
import { Instant } from '../shared/http/contract.ts';
import { Duration } from '../shared/time/duration.ts';

const mostProof = 16_384;

const Wording = z
  .strictObject({ text: prose(10_000).optional(), version: line(100).optional() })
  .refine(({ text, version }) => text !== undefined || version !== undefined, 'needs text or version');

export const consentTermsInput = {
  source: line(200),
  proof: z
    .json()
    .refine(proof => JSON.stringify(proof).length <= mostProof, `is more than ${mostProof} characters`)
    .optional(),
  purpose: z.string().max(64).optional(),
  lawfulBasis: LawfulBasis.optional(),
  wording: Wording.describe('the text that the customer was shown').optional(),
  jurisdiction: z
    .string()
    .regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, 'is a country or a part of one, such as DE or US-CA (ISO 3166)')
    .optional(),
  expiresAt: Instant.optional(),
  validity: Duration.describe('how long it is valid, instead of `expiresAt`').optional(),
};

const onlyForGrants = ['expiresAt', 'validity', 'confirmed'] as const;

export const ConsentInput = z
  .strictObject({
    status: ConsentStatus,
    ...consentTermsInput,
    confirmed: z
      .literal(true)
      .optional()
      .describe('confirmed by other means, as `proof` shows: no link is sent even if the topic requires one'),
  })
  .superRefine((input, context) => {
    const fault = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    for (const name of onlyForGrants) {
      if (input.status === 'withdrawn' && input[name] !== undefined) fault(name, 'is for grants only');
    }
    if (input.expiresAt && input.validity) fault('validity', 'cannot be combined with expiresAt');
    if (input.confirmed && input.proof === undefined) fault('proof', 'must show how it was confirmed');
  });
export type ConsentInput = z.output<typeof ConsentInput>;
