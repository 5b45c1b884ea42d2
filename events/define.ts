import * as z from 'zod';

/** the contexts that emit events; the source of a bus event is `rapport.<context>` */
export type Context = 'customers' | 'tracking' | 'marketing' | 'messaging' | 'sales' | 'service' | 'admin' | 'timers';

/** whether the customer turned to the company, or the company to it */
export type Contact = 'in' | 'out';

/** One event of the bus. `example` is the sample payload of its data, checked against the schema by a test. */
export type EventType<Data extends z.ZodType = z.ZodType> = {
  name: string;
  context: Context;
  /** who brings it about; what the system does by itself is no sign of life of a customer */
  by: 'customer' | 'staff' | 'system';
  /** contact with the customer: in from it, out to it, null for bookkeeping; by its data where it depends on them */
  contact: Contact | null | ((data: never) => Contact | null);
  /** whether triggers may subscribe to it; not to what they or their messages bring about themselves */
  triggers: boolean;
  /** one sentence: when it is emitted */
  summary: string;
  data: Data;
  example: z.input<Data>;
};

/** Who brings an event about; see EventType. */
type Origin = { by: EventType['by']; contact: Contact | null; triggers: boolean };

/** by staff: bookkeeping that triggers may subscribe to */
export const byStaff: Origin = { by: 'staff', contact: null, triggers: true };

/** by the customer, who did not turn to the company for it */
export const byCustomer: Origin = { by: 'customer', contact: null, triggers: true };

/** by the customer, who turned to the company */
export const fromCustomer: Origin = { by: 'customer', contact: 'in', triggers: true };

/** by the system: triggers may subscribe to it */
export const bySystem: Origin = { by: 'system', contact: null, triggers: true };

/** by the system, for itself: timers, and what triggers and messages bring about */
export const internal: Origin = { by: 'system', contact: null, triggers: false };

/** by staff, for the triggers themselves and what their messages are made of */
export const forTriggers: Origin = { by: 'staff', contact: null, triggers: false };

type Declared<Data extends z.ZodType> = {
  summary: string;
  /** where it is not that of the origin */
  contact?: Contact | ((data: z.output<NoInfer<Data>>) => Contact | null);
  data: () => Data;
  example: z.input<NoInfer<Data>>;
};

/**
 * Declares an event, named `noun.past-verb`. Its schema is made at first use: most functions know many events and use few.
 */
export const event = <Name extends string, Data extends z.ZodType>(
  context: Context,
  name: Name,
  origin: Origin,
  { data, ...declared }: Declared<Data>,
): EventType<Data> & { name: Name } => {
  let made: Data | undefined;
  return {
    name,
    context,
    ...origin,
    ...declared,
    get data() {
      made ??= data();
      return made;
    },
  };
};

export type DataOf<E extends EventType> = z.output<E['data']>;

/** who did it: `user:…`, `client:…`, `customer:…`, `source:…` (a tracker's write key) or `rapport:<reaction>` */
export const Actor = z.string().min(1).max(200);

const detailWith = <Data extends z.ZodType>(data: Data) =>
  z.object({
    id: z.string(),
    tenant: z.string(),
    occurredAt: z.iso.datetime(),
    customerId: z.string().nullable(),
    actor: Actor,
    /** who had the token issued that the customer acts with; absent where the customer signed in */
    issuer: Actor.optional(),
    /** id of the thing it happened to */
    about: z.string(),
    data,
  });

const details = new WeakMap<z.ZodType, ReturnType<typeof detailWith>>();

/** The `detail` of every event that Rapport puts on the bus. It is made once: that costs ten times what parsing with it does. */
export const detailOf = <Data extends z.ZodType>(data: Data) => {
  const detail = details.get(data) ?? detailWith(data);
  details.set(data, detail);
  return detail as ReturnType<typeof detailWith<Data>>;
};

/** An event as it is delivered to a reaction. */
export type Delivered<E extends EventType> = {
  type: E['name'];
  /** `rapport.<context>` */
  source: string;
  id: string;
  tenant: string;
  occurredAt: string;
  customerId: string | null;
  actor: string;
  issuer?: string;
  about: string;
  data: DataOf<E>;
};
