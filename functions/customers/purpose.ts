import * as z from 'zod';
import { LawfulBasis } from '../../events/customer.ts';
import { ApiError, type FieldError, invalid } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { stamps } from '../shared/http/contract.ts';
import { isObject } from '../shared/json.ts';
import { entity, revive } from '../shared/store/entity.ts';
import type { Store } from '../shared/store/store.ts';
import { Duration } from '../shared/time/duration.ts';
import type { Definition } from './attributes/definition.ts';
import { attributeAt } from './attributes/paths.ts';
import { Profile } from './customer.ts';
import { settingsOf } from './settings.ts';

/** parts of the single view that are made of records of other contexts */
export const connectionParts = [
  'relationships',
  'assets',
  'needs',
  'tasks',
  'documents',
  'promises',
  'finance',
] as const;

/** parts of a customer's view beside the record itself, which a purpose may need */
export const viewParts: readonly string[] = [
  'identities',
  'cases',
  'opportunities',
  'orders',
  ...connectionParts,
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

/** whether a path is one of some, within one of them, or around one of them */
const touches = (paths: readonly string[], path: string) =>
  paths.some(one => one === path || path.startsWith(`${one}.`) || one.startsWith(`${path}.`));

/** whether a purpose needs an attribute, or a part of it */
export const servesAttribute = ({ attributes }: Pick<Purpose, 'attributes'>, path: string): boolean =>
  touches(attributes, path);

/** whether a purpose needs the events of a type */
export const servesEvent = ({ events }: Pick<Purpose, 'events'>, type: string): boolean =>
  events.some(one => (one.endsWith('.*') ? type.startsWith(one.slice(0, -1)) : type === one));

/** what of a value lies at some paths: all of it where one ends here */
const at = (value: unknown, paths: string[][]): unknown => {
  if (paths.some(path => !path.length)) return value;
  if (!isObject(value)) return undefined;
  const parts = Object.entries(value).flatMap(([name, part]) => {
    const within = at(
      part,
      paths.filter(([head]) => head === name).map(([, ...rest]) => rest),
    );
    return within === undefined ? [] : [[name, within]];
  });
  return parts.length ? Object.fromEntries(parts) : undefined;
};

/** what of a record some attributes are, and what it always has */
export const onlyOf = <T extends object>(record: T, attributes: readonly string[], always: readonly (keyof T)[]): T => {
  const kept = at(
    record,
    attributes.map(path => path.split('.')),
  );
  const whole = Object.fromEntries(always.filter(name => name in record).map(name => [name, record[name]]));
  return { ...whole, ...(kept as object) } as T;
};

type Declared = Pick<Definition, 'attribute' | 'purpose'>;

/** which of some attributes nothing is registered for that needs them, and that were not declared for a purpose either. Pure. */
export const unserved = (
  paths: string[],
  purposes: Pick<Purpose, 'attributes'>[],
  definitions: readonly Declared[],
): string[] => {
  const declared = new Set(definitions.flatMap(({ attribute, purpose }) => (purpose ? [attribute] : [])));
  return paths.filter(
    path => !declared.has(attributeAt(path)) && !purposes.some(purpose => servesAttribute(purpose, path)),
  );
};

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
