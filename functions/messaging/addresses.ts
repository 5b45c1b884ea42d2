import * as z from 'zod';
import { CustomerId } from '../../events/ids.ts';
import type { Template } from '../content/template.ts';
import { isProven } from '../customers/attributes/standing.ts';
import type { StoredCustomer } from '../customers/customer.ts';
import { line } from '../shared/fields.ts';
import { Instant } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import type { Store } from '../shared/store/store.ts';
import type { MessagingRules } from './settings.ts';

/** A device of a customer that takes push messages. */
export const DeviceFields = z.strictObject({ token: line(4_000), platform: z.enum(['ios', 'android', 'web']) });
export const Device = z.object({ id: z.string(), customerId: CustomerId, ...DeviceFields.shape, at: Instant });

/** a token is of one customer: who signs in on a device takes it over */
export const devices = entity('device', Device, {
  onMerge: 'follow',
  onErase: 'delete',
  area: 'identities',
  owner: ({ customerId }) => customerId,
});

export const mostDevices = 20;

export const devicesOf = async (customerId: string, store: Store) =>
  (await store.belonging(devices, customerId, { limit: mostDevices })).items;

const fields = { email: 'email', sms: 'phone', phone: 'phone', post: 'address' } as const;

type Addresses = Pick<StoredCustomer, 'email' | 'phone' | 'address'>;

const fieldOf = (channel: string) => (fields as Partial<Record<string, keyof Addresses>>)[channel];

export const addressOn = (addresses: Addresses, channel: string): string | undefined => {
  const field = fieldOf(channel);
  return field === 'address' ? postalLines(addresses)?.join(', ') : field && addresses[field];
};

/** an address that a letter arrives at; undefined where it is not complete */
export const postalLines = ({ address = {} }: Pick<StoredCustomer, 'address'>): string[] | undefined => {
  const { line1, line2, postcode, locality, region, country } = address;
  if (!line1 || !country || !(locality || postcode)) return undefined;
  const place = [postcode, locality].filter(Boolean).join(' ');
  return [line1, line2, place, region, country].flatMap(one => one || []);
};

/** whether somebody else than a public write key says that the address is the customer's */
export const isAddressProven = (customer: StoredCustomer, channel: string) => {
  const field = fieldOf(channel);
  return !field || isProven(customer, field);
};

type Asked = { channel: string; settings: MessagingRules; template: Pick<Template, 'channel' | 'subject'> | undefined };

/** what a message is sent to: of an in-app message the customer, of a push message a device, of a webhook its URL */
export const addressFor = async (customer: StoredCustomer, { channel, settings, template }: Asked, store: Store) => {
  if (channel === 'inapp') return customer.id;
  if (channel === 'push') return settings.push && (await devicesOf(customer.id, store))[0]?.id;
  if (channel !== 'webhook') return addressOn(customer, channel);
  const isUrl = template?.channel === 'webhook' && /^https?:/.test(template.subject ?? '');
  return isUrl ? template.subject : settings.webhook?.url;
};
