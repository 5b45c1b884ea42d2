import * as z from 'zod';
import { Colour, Logo } from '../consent/preference-settings.ts';
import { line, prose, Slug } from '../shared/fields.ts';
import type { FieldError } from '../shared/http/api-error.ts';
import { stamps } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import type { Store } from '../shared/store/store.ts';
import { Email } from '../shared/text/email.ts';

/** How e-mails look and who sends them. */
export const BrandFields = z.strictObject({
  name: line(100),
  senderName: line(100).optional().describe('shown as the sender; the name of the brand unless set'),
  senderAddress: Email.optional().describe(
    'of the domain that the stack sends from, or of one below: DKIM signs for it',
  ),
  replyTo: Email.optional(),
  colour: Colour.optional(),
  logo: Logo.optional(),
  footer: prose(2_000).optional().describe('plain text below every e-mail'),
  legalText: prose(2_000).optional().describe('plain text at the end: company, register, address'),
});

export const Brand = z.object({ id: Slug, ...BrandFields.shape, ...stamps });
export type Brand = z.output<typeof Brand>;

export const brands = entity('brand', Brand, {
  onErase: 'not-personal',
  key: ({ id }: { id: string }) => ({ of: ['brand', 'all'], part: id }),
});

/** what stands below the e-mails of a brand */
export const textsOf = (brand: Brand | undefined): string[] =>
  [brand?.footer, brand?.legalText].filter(text => text !== undefined);

export const brandFault = async (brandId: string | undefined, store: Store): Promise<FieldError[]> =>
  !brandId || (await store.get(brands, { id: brandId }))
    ? []
    : [{ path: 'brandId', message: `there is no brand ${brandId}` }];

const domainOf = (address: string) => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

/** whether DKIM signs for the domain of a sender (relaxed alignment, RFC 7489) */
export const isAligned = (sender: string, verified: string): boolean =>
  `.${domainOf(sender)}`.endsWith(`.${domainOf(verified)}`);
