import * as z from 'zod';
import type { Consent } from '../consent/consent.ts';
import type { StoredCustomer } from '../customers/customer.ts';
import type { TimelineEvent } from '../customers/timeline.ts';
import { Instant } from '../shared/http/contract.ts';
import type { Area } from '../shared/http/roles.ts';
import { type Entity, type Item, revive } from '../shared/store/entity.ts';

/** departments with a view of their own; it is not an access control: see scopes and classification */
export const departments = ['sales', 'marketing', 'service'] as const;
export type Department = (typeof departments)[number];

export type ViewData = {
  customer: StoredCustomer;
  consents: Consent[];
  /** the other items of its partition */
  parts: Item[];
  segmentNames: Map<string, string>;
  timeline: TimelineEvent[];
  records: Item[];
  /** there are more records than were read */
  more: boolean;
  /** the parts that the caller may not read */
  withheld: string[];
  now: string;
};

/** A part of the single view: its schema, its value, and the departments that see it. */
export type Part<S extends z.ZodType = z.ZodType> = {
  schema: S;
  of: (data: ViewData, department?: Department) => z.input<S>;
  for: readonly Department[];
  /** the part that it is made of, if that has another name: a purpose without that part does not see this one */
  from?: string;
  /** a caller that may not read it sees the part empty */
  area?: Area;
};

export const part = <S extends z.ZodType>(
  schema: S,
  of: Part<NoInfer<S>>['of'],
  seenBy: readonly Department[] = departments,
  from?: string,
): Part<S> => ({ schema, of, for: seenBy, ...(from ? { from } : {}) });

/** a part that only callers see that may read an area */
export const within = <P extends Part>(area: Area, one: P): P & { area: Area } => ({ ...one, area });

export const ofKind = <T, K>(items: Item[], entity: Entity<T, K>): T[] =>
  items.filter(({ kind }) => kind === entity.kind).map(item => revive(entity, item));

/** the documents of a kind; the part's schema filters their fields */
export const docsOf = <Doc = never>(items: Item[], kind: string) =>
  items.filter(item => item.kind === kind).map(({ doc }) => doc as Doc);

const closedStatuses = ['resolved', 'closed'];

export const isOpenCase = ({ status }: { status: string }) => !closedStatuses.includes(status);

const id = z.string();

const summary = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.object({ id, ...shape, createdAt: Instant, updatedAt: Instant });

export const CaseSummary = summary({
  number: z.string(),
  subject: z.string(),
  type: z.string(),
  status: z.string(),
  priority: z.string().nullish(),
});

export const OpenCase = CaseSummary.extend({
  channel: z.string(),
  queue: z.string().nullable(),
  agentId: z.string().nullable(),
  sla: z.object({
    policyId: z.string().nullable(),
    firstResponseDueAt: Instant.nullable(),
    nextResponseDueAt: Instant.nullable().default(null),
    resolutionDueAt: Instant.nullable(),
    firstRespondedAt: Instant.nullable(),
    breached: z.array(z.string()),
  }),
});

export const OpportunitySummary = summary({
  name: z.string(),
  stage: z.string(),
  status: z.string(),
  amount: z.unknown(),
});

export const OrderSummary = summary({
  number: z.string(),
  status: z.string(),
  total: z.unknown(),
  placedAt: Instant.optional(),
});

const Age = z.int().min(0).nullable().describe('seconds since the latest change; null: no change');

export const Freshness = z.object({ asOf: Instant, ages: z.object({ customer: Age, timeline: Age, records: Age }) });

/** clocks of trackers may be ahead of ours */
const age = (now: string, at: string | undefined) =>
  at === undefined ? null : Math.max(0, Math.floor((Date.parse(now) - Date.parse(at)) / 1000));

const latest = (instants: string[]) => instants.sort().at(-1);

export const freshness = ({ now, customer, timeline, records }: ViewData): z.output<typeof Freshness> => ({
  asOf: now,
  ages: {
    customer: age(now, customer.updatedAt),
    timeline: age(now, timeline[0]?.occurredAt),
    records: age(now, latest(records.flatMap(({ doc }) => (doc as { updatedAt?: string }).updatedAt ?? []))),
  },
});

/** The open opportunity that is expected to close first. */
export const NextStep = z.object({ on: z.iso.date(), about: z.string(), name: z.string() });
export type NextStep = z.output<typeof NextStep>;

type Opportunity = { id: string; name: string; status: string; closeOn?: string | null };

export const nextStep = (records: Item[]): NextStep | null => {
  const open = records
    .filter(({ kind }) => kind === 'opportunity')
    .map(({ doc }) => doc as Opportunity)
    .flatMap(({ id, name, status, closeOn }) =>
      status === 'open' && closeOn ? [{ on: closeOn, about: id, name }] : [],
    );
  return open.sort((a, b) => (a.on < b.on ? -1 : 1))[0] ?? null;
};
