import * as z from 'zod';
import { LawfulBasis } from '../../../events/customer.ts';
import { connections } from '../../customer-view/connections.ts';
import { type FieldError, invalid } from '../../shared/http/api-error.ts';
import { stamps } from '../../shared/http/contract.ts';
import { entity, revive } from '../../shared/store/entity.ts';
import type { Store } from '../../shared/store/store.ts';
import { Duration } from '../../shared/time/duration.ts';
import { Profile } from '../customer.ts';

/** parts of a customer's view beside the record itself, which a purpose may need */
export const viewParts: readonly string[] = [
  'identities',
  'cases',
  'opportunities',
  'orders',
  ...Object.keys(connections),
  'loyalty',
  'segments',
  'scores',
  'nextActions',
];

const heads = new Set<string>([...Object.keys(Profile.shape), ...viewParts]);

/** where an attribute lies: `email`, `address.country`, `attributes.tier`; or a part of the view, such as `orders` */
const AttributePath = z
  .string()
  .max(200)
  .regex(/^[A-Za-z_][\w-]*(\.[A-Za-z_][\w-]*)*$/, 'is not a path such as address.country')
  .refine(path => heads.has(path.split('.')[0] ?? ''), 'is nothing that a customer’s record has')
  .meta({ examples: ['address.country'] });

/** an event type, or the beginning of some: `order.completed`, `tracked.*` */
const EventTypes = z
  .string()
  .max(100)
  .regex(/^[a-z][\w-]*(\.[\w-]+)*(\.\*)?$/, 'is not an event type such as order.completed or tracked.*');

export const PurposeName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'is 1 to 64 lower-case letters, digits, dots, dashes and underscores');

export const PurposeFields = z.strictObject({
  description: z.string().trim().min(1, 'is empty').max(2000),
  lawfulBasis: LawfulBasis,
  owner: z.string().trim().min(1, 'is empty').max(200).describe('who answers for it'),
  attributes: z.array(AttributePath).max(500).default([]),
  events: z.array(EventTypes).max(500).default([]),
  retention: Duration.optional().describe('how long what serves it alone is kept'),
  access: z
    .strictObject({
      scopes: z.array(z.string().max(60)).max(50).default([]),
      roles: z.array(z.string().max(60)).max(50).default([]),
    })
    .optional()
    .describe(
      'who may read for this purpose: whoever has one of the scopes or roles; without: whoever reads customers',
    ),
});

/** What personal data is used for. */
export const Purpose = z.object({ name: PurposeName, ...PurposeFields.shape, ...stamps });
export type Purpose = z.output<typeof Purpose>;

const partition: [kind: string, id: string] = ['purposes', 'all'];

export const purposes = entity('purpose', Purpose, {
  onErase: 'not-personal',
  key: ({ name }: { name: string }) => ({ of: partition, part: name }),
});

export const mostPurposes = 200;

/** all purposes, by name */
export const purposesOf = async (store: Store): Promise<Purpose[]> => {
  const { items } = await store.partition(partition, { limit: mostPurposes, upwards: true });
  return items.map(item => revive(purposes, item));
};

/** refuses a purpose that is not registered */
export const mustBeRegistered = async (store: Store, name: string | undefined, path = 'purpose') => {
  if (name === undefined || (PurposeName.safeParse(name).success && (await store.get(purposes, { name })))) return;
  const errors: FieldError[] = [{ path, message: 'is not a registered purpose' }];
  throw invalid(errors);
};
