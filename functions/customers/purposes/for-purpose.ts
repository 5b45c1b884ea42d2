import { ApiError } from '../../shared/http/api-error.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { settingsOf } from '../settings.ts';
import { mustBeRegistered, type Purpose, purposes } from './purpose.ts';
import { onlyOf, servesAttribute } from './serves.ts';

type Reading = Pick<Ctx, 'store' | 'scopes' | 'groups'>;

const mayRead = ({ access }: Purpose, { scopes, groups }: Reading) =>
  !access || access.scopes.some(scope => scopes.has(scope)) || access.roles.some(role => groups.includes(role));

/** The purpose that a caller reads for, with the attributes that are declared to serve it; refuses one that is not registered, or not for this caller. */
export const purposeRead = async (name: string | undefined, reading: Reading): Promise<Purpose | undefined> => {
  if (name === undefined) return undefined;
  await mustBeRegistered(reading.store, name);
  const [purpose, { definitions }] = await Promise.all([
    reading.store.need(purposes, { name }),
    settingsOf(reading.store),
  ]);
  if (!mayRead(purpose, reading)) {
    throw new ApiError('forbidden', 'purpose.not-allowed', `you may not read for the purpose ${name}`);
  }
  const declared = definitions.filter(one => one.purpose === name).map(({ attribute }) => attribute);
  return { ...purpose, attributes: [...purpose.attributes, ...declared] };
};

const always = ['id', 'kind', 'version', 'createdAt', 'updatedAt'] as const;

type Shown = { [name in (typeof always)[number]]: unknown } & { masked?: string[] | undefined };

/** what of a customer serves a purpose; all of it without one */
export const customerFor = <C extends Shown>(purpose: Purpose | undefined, customer: C): C => {
  if (!purpose) return customer;
  const hidden = customer.masked?.filter(path => servesAttribute(purpose, path));
  return { ...onlyOf(customer, purpose.attributes, always), ...(hidden?.length ? { masked: hidden } : {}) };
};
