import * as z from 'zod';
import type { Delivered, EventType } from '../../../events/define.ts';
import type { Problem } from './api-error.ts';
import type { Ctx } from './context.ts';
import { withUpdatedSince } from './updated-since.ts';

/** what a caller must hold: a scope of its token, or one of its roles' scopes */
export type Scope = `${string}.${'read' | 'write' | 'admin' | 'confidential'}`;

/**
 * token: a JWT of staff or machines · customer: a customer's own token · writeKey: a tracker's key · link: a signed link in the
 * query, checked by the handler · none: open to all
 */
export type Auth = 'token' | 'customer' | 'writeKey' | 'link' | 'none';

type Shape = z.ZodType | undefined;
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export type Route<Query extends Shape = Shape, Body extends Shape = Shape, Reply extends z.ZodType = z.ZodType> = {
  key: `${Method} /${string}`;
  summary: string;
  auth: Auth;
  scope?: Scope;
  /** the further scopes of a route whose reply shows records of several areas */
  also?: readonly Scope[];
  query: Query;
  body: Body;
  reply: Reply;
  status: number;
  errors: Problem[];
  location?: (reply: z.output<Reply>) => string;
  example?: unknown;
  /** the media type of a reply that is not JSON (the reply is then a string; of an image or a PDF: base64) */
  produces?: string;
  /** a further media type, for a caller that prefers it */
  orProduces?: string;
  /** the body is handed over as it came: any content type, compressed or not, parsed by the handler */
  rawBody?: boolean;
};

type Declared<Query extends Shape, Body extends Shape, Reply extends z.ZodType> = Partial<
  Omit<Route<Query, Body, Reply>, 'key'>
> & { summary: string; reply: Reply };

/** Declares a route. Everything else about it (gateway, parsing, reply filter, reference, client) is derived. */
export const route = <Reply extends z.ZodType, Query extends Shape = undefined, Body extends Shape = undefined>(
  key: Route['key'],
  declared: Declared<Query, Body, Reply>,
): Route<Query, Body, Reply> => ({
  auth: 'token',
  status: 200,
  errors: [],
  body: undefined as Body,
  ...declared,
  query: withUpdatedSince(declared.query as Query, declared.reply),
  key,
});

/** of a route that creates a record: 201, with its address under a path */
export const creates = (path: string) => ({ status: 201, location: ({ id }: { id: string }) => `${path}/${id}` });

type Parsed<S extends Shape> = S extends z.ZodType ? z.output<S> : undefined;

/** The request of a handler. `params` are the path's, percent-decoded. */
export type Request<R extends Route = Route> = {
  params: Record<string, string>;
  query: Parsed<R['query']>;
  body: Parsed<R['body']>;
  headers: Record<string, string | undefined>;
  /** of the caller, as the gateway sees it */
  ip: string;
  raw?: Buffer;
};

export type ReplyOf<R extends Route> = z.input<R['reply']>;

/** A reply with another status or further headers than the route's own. */
export class Reply<T = unknown> {
  readonly status: number;
  readonly body: T;
  readonly headers: Record<string, string>;

  constructor(status: number, body: T, headers: Record<string, string> = {}) {
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

export type Handler<R extends Route> = (request: Request<R>, ctx: Ctx) => Promise<ReplyOf<R> | Reply<ReplyOf<R>>>;

export type Routes = Record<string, Route>;
export type Handlers<R extends Routes> = { [Name in keyof R]: Handler<R[Name]> };

export const handlers = <R extends Routes>(_: R, declared: Handlers<R>): Handlers<R> => declared;

/** what a function may do besides reading and writing items; `scan`: read the whole table */
export type Use = 'mail' | 'sms' | 'files' | 'scan';

export const deduplicationDays = 35;

/** Events of other systems, which a rule of their bus leads to a queue. */
export type ForeignEvents = { bus: 'inbound' | 'default'; source?: string[]; detailType?: string[] };

/** Every event of Rapport, but the types that are excepted; `history`: also those of the past. */
type AllEvents = { except?: string[]; history?: boolean };

/** an alarm when the reaction logs a line that says this */
export type LogAlarm = { name: string; says: string; summary: string; action: string };

type Delivery = {
  /** of behaviour: the names it reacts to, those of the past included */
  named?: string[];
};

/** A reaction to events: the listed ones, all of them, those of other systems, or those about kinds of jobs. */
export type Subscription<E extends EventType = EventType> = Delivery & {
  events: E[];
  all?: AllEvents;
  foreign?: ForeignEvents;
  kinds?: string[];
  uses: Use[];
  summary: string;
  alarm?: LogAlarm;
};

/** Declares a reaction; it is `functions/<context>/<name-in-kebab-case>.ts`, which exports `reaction`. */
export const on = <E extends EventType>(
  events: E[],
  summary: string,
  uses: Use[] = [],
  delivery: Delivery = {},
): Subscription<E> => ({ events, uses, summary, ...delivery });

export const onAll = (summary: string, uses: Use[] = [], all: AllEvents = {}): Subscription => ({
  events: [],
  all,
  uses,
  summary,
});

/** Declares a reaction to external events on the bus for them, or to AWS's on the account's; see `consumeExternal`. */
export const onExternal = (
  foreign: ForeignEvents,
  summary: string,
  uses: Use[] = [],
  alarm?: LogAlarm,
): Subscription => ({ events: [], foreign, uses, summary, ...(alarm && { alarm }) });

/** a union member per event, so that `type` narrows `data` */
type DeliveredOf<E extends EventType> = E extends EventType ? Delivered<E> : never;

export type Reaction<H extends Subscription> = (event: DeliveredOf<H['events'][number]>, ctx: Ctx) => Promise<void>;

/**
 * A workflow: a state machine (Amazon States Language, JSONPath) that events start. Its tasks name the function `${work}`,
 * which is `functions/<context>/<name-in-kebab-case>.ts`.
 */
export type Workflow = { starts: EventType[]; summary: string; definition: () => object; uses: Use[] };

/** Kinds of jobs of a context; its file `run-job.ts` exports `reaction = runJobs(…)`. */
export type WorkDeclarations = Record<string, { summary: string; uses: Use[] }>;

export const work = (summary: string, uses: Use[] = []) => ({ summary, uses });

export const paging = {
  limit: z.coerce.number().int().min(1).max(100).default(25),
  cursor: z.string().max(1000).optional(),
};

export const page = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** a reply that may warn of what is accepted, but matches nothing so far */
export const warning = <Shape extends z.ZodRawShape>(reply: z.ZodObject<Shape>) =>
  reply.extend({
    warnings: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .describe('what is accepted, but matches nothing so far, such as an attribute that is not declared'),
  });

/** of a route that lists records, a page at a time */
export const lists = <Item extends z.ZodType, Filters extends z.ZodRawShape = Record<never, never>>(
  item: Item,
  filters: Filters = {} as Filters,
) => ({
  query: z.strictObject({ ...filters, ...paging }),
  reply: page(item),
});

export const Instant = z.iso.datetime('is not an instant in UTC such as 2026-02-28T09:30:00Z');

export const stamps = { version: z.int().min(1), createdAt: Instant, updatedAt: Instant };
