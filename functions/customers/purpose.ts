import * as z from 'zod';
import { events } from '#declared/events.ts';
import { LawfulBasis } from '../../events/customer.ts';
import { invalid } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { stamps } from '../shared/http/contract.ts';
import { isObject } from '../shared/json.ts';
import { unknownPart } from '../shared/schema-path.ts';
import { entity, revive } from '../shared/store/entity.ts';
import type { Store } from '../shared/store/store.ts';
import { Duration } from '../shared/time/duration.ts';
import type { Definition } from './attributes/definition.ts';
import { attributeAt, overlaps } from './attributes/paths.ts';
import { Profile } from './customer.ts';
import { purposeNotAllowed } from './errors.ts';
import { hasRule, type RetentionRules } from './retention-settings.ts';
import { settingsOf } from './settings.ts';

export const connectionParts = [
  'relationships',
  'assets',
  'needs',
  'tasks',
  'documents',
  'commitments',
  'finance',
] as const;

/** the parts of the single view that a purpose may name */
export const purposeParts: readonly string[] = [
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

const isPart = (path: string) => {
  const steps = path.split('.');
  return purposeParts.includes(steps[0] ?? '') || !unknownPart([Profile], steps);
};

/** an attribute such as `email` or `address.country`, or a part of the view such as `orders` */
const AttributePath = z
  .string()
  .max(200)
  .regex(/^[A-Za-z_][\w-]*(\.[A-Za-z_][\w-]*)*$/, 'is not a path such as address.country')
  .refine(isPart, 'is not an attribute of customers or a part of the view')
  .meta({ examples: ['address.country'] });

/** an event type or a prefix: `order.completed`, `tracked.*` */
const EventTypes = z
  .string()
  .max(100)
  .refine(
    type => events.some(({ name }) => servesEvent({ events: [type] }, name)),
    'is not an event type such as order.completed or tracked.*',
  );

export const PurposeName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/, 'is 1 to 64 lower-case letters, digits, dots, dashes and underscores');

export const PurposeFields = z.strictObject({
  description: z.string().trim().min(1, 'is empty').max(2000),
  lawfulBasis: LawfulBasis,
  owner: z.string().trim().min(1, 'is empty').max(200).describe('who is responsible for it'),
  attributes: z.array(AttributePath).max(500).default([]),
  events: z.array(EventTypes).max(500).default([]),
  retention: Duration.optional().describe('how long data that serves no other purpose is stored'),
  access: z
    .strictObject({
      scopes: z.array(z.string().max(60)).max(50).default([]),
      roles: z.array(z.string().max(60)).max(50).default([]),
    })
    .optional()
    .describe('callers with one of the scopes or roles may read for this purpose; by default all that read customers'),
});

export const Purpose = z.object({ name: PurposeName, ...PurposeFields.shape, ...stamps });
export type Purpose = z.output<typeof Purpose>;

const partition: [kind: string, id: string] = ['purposes', 'all'];

export const purposes = entity('purpose', Purpose, {
  onErase: 'not-personal',
  key: ({ name }: { name: string }) => ({ of: partition, part: name }),
});

export const mostPurposes = 200;

export const purposesOf = async (store: Store): Promise<Purpose[]> => {
  const { items } = await store.partition(partition, { limit: mostPurposes, upwards: true });
  return items.map(item => revive(purposes, item));
};

/** whether rules, or a purpose, limit how long data is stored */
export const limitsData = async (store: Store, rules: RetentionRules): Promise<boolean> =>
  hasRule(rules) || (await purposesOf(store)).some(({ retention }) => retention !== undefined);

const needPurpose = async (store: Store, name: string): Promise<Purpose> => {
  const found = PurposeName.safeParse(name).success ? await store.get(purposes, { name }) : undefined;
  if (!found) throw invalid([{ path: 'purpose', message: 'is not a registered purpose; GET /v1/purposes lists them' }]);
  return found;
};

export const mustBeRegistered = async (store: Store, name: string | undefined) => {
  if (name !== undefined) await needPurpose(store, name);
};

export const servesAttribute = ({ attributes }: Pick<Purpose, 'attributes'>, path: string): boolean =>
  attributes.some(one => overlaps(one, path));

export const servesEvent = ({ events }: { events: readonly string[] }, type: string): boolean =>
  events.some(one => (one.endsWith('.*') ? type.startsWith(one.slice(0, -1)) : type === one));

const at = (value: unknown, paths: string[][]): unknown => {
  if (paths.some(path => !path.length)) return value;
  if (!isObject(value)) return undefined;
  const parts = Object.entries(value).flatMap(([name, part]) => {
    const inner = paths.filter(([head]) => head === name).map(([, ...rest]) => rest);
    const within = at(part, inner);
    return within === undefined ? [] : [[name, within]];
  });
  return parts.length ? Object.fromEntries(parts) : undefined;
};

/** a record with some attributes only, and those that it always has */
const pickPaths = <T extends object>(record: T, attributes: readonly string[], always: readonly (keyof T)[]): T => {
  const paths = attributes.map(path => path.split('.'));
  const picked = at(record, paths);
  const whole = Object.fromEntries(always.filter(name => name in record).map(name => [name, record[name]]));
  return { ...whole, ...(picked as object) } as T;
};

type Defined = Pick<Definition, 'attribute' | 'purpose'>;

/** the attributes that no purpose uses and that name no purpose in their definition */
export const unserved = (
  paths: string[],
  purposes: Pick<Purpose, 'attributes'>[],
  definitions: readonly Defined[],
): string[] => {
  const declared = new Set(definitions.flatMap(({ attribute, purpose }) => (purpose ? [attribute] : [])));
  return paths.filter(
    path => !declared.has(attributeAt(path)) && !purposes.some(purpose => servesAttribute(purpose, path)),
  );
};

type Reading = Pick<Ctx, 'store' | 'scopes' | 'groups'>;

const mayRead = ({ access }: Purpose, { scopes, groups }: Reading) =>
  !access || access.scopes.some(scope => scopes.has(scope)) || access.roles.some(role => groups.includes(role));

/** The purpose of a request with the attributes that are defined for it; refuses an unknown one, or one that the caller may not read for. */
export const purposeFor = async (name: string | undefined, reading: Reading): Promise<Purpose | undefined> => {
  if (name === undefined) return undefined;
  const { store } = reading;
  const [purpose, { definitions }] = await Promise.all([needPurpose(store, name), settingsOf(store)]);
  if (!mayRead(purpose, reading)) throw purposeNotAllowed();
  const defined = definitions.filter(one => one.purpose === name).map(({ attribute }) => attribute);
  return { ...purpose, attributes: [...purpose.attributes, ...defined] };
};

const always = ['id', 'kind', 'version', 'createdAt', 'updatedAt'] as const;

type Shown = { [name in (typeof always)[number]]: unknown } & { masked?: string[] | undefined };

export const customerForPurpose = <C extends Shown>(purpose: Purpose | undefined, customer: C): C => {
  if (!purpose) return customer;
  const hidden = customer.masked?.filter(path => servesAttribute(purpose, path));
  return { ...pickPaths(customer, purpose.attributes, always), ...(hidden?.length ? { masked: hidden } : {}) };
};
