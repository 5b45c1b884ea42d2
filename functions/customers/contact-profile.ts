import type * as z from 'zod';
import type { Contact } from '../../events/customer.ts';
import { normalisePhone } from './phone.ts';
import type { CustomerSettings } from './settings.ts';

/** A contact as the profile of a customer. A phone number that cannot be read stays as it was given, as an attribute. */
export const contactProfile = (
  { company, phone, ...person }: z.output<typeof Contact>,
  { defaultCountry }: Pick<CustomerSettings, 'defaultCountry'>,
) => {
  const number = phone && normalisePhone(phone, defaultCountry);
  const attributes = { ...(company ? { company } : {}), ...(phone && !number ? { phone } : {}) };
  return { ...person, ...(number ? { phone: number } : {}), ...(Object.keys(attributes).length ? { attributes } : {}) };
};
