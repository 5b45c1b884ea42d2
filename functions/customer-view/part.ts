import type * as z from 'zod';
import type { Consent } from '../consent/consent.ts';
import type { StoredCustomer } from '../customers/customer.ts';
import type { TimelineEvent } from '../customers/timeline-event.ts';
import { type Entity, type Item, revive } from '../shared/store/entity.ts';

/** who looks at a customer, each for its own purpose; a projection is no barrier: that is what scopes and classification are for */
export const departments = ['sales', 'marketing', 'service'] as const;
export type Department = (typeof departments)[number];

/** what two store calls tell of a customer */
export type Known = {
  customer: StoredCustomer;
  /** what it agreed to, as it counts now */
  consents: Consent[];
  /** what lies with it */
  parts: Item[];
  /** the latest of its timeline, newest first */
  timeline: TimelineEvent[];
  /** what belongs to it, latest first */
  records: Item[];
  /** there are more of those than were read */
  more: boolean;
  now: string;
};

/** One part of the single view: its schema, how it follows from what is known, and who sees it besides who sees everything. */
export type Part<S extends z.ZodType = z.ZodType> = {
  schema: S;
  of: (known: Known, department?: Department) => z.input<S>;
  for: readonly Department[];
  /** the part that it is made of, where that has another name: who may not see that sees nothing of this */
  from?: string;
};

export const part = <S extends z.ZodType>(
  schema: S,
  of: Part<NoInfer<S>>['of'],
  seenBy: readonly Department[] = departments,
  from?: string,
): Part<S> => ({ schema, of, for: seenBy, ...(from ? { from } : {}) });

/** the items of one kind as values */
export const ofKind = <T, K>(items: Item[], entity: Entity<T, K>): T[] =>
  items.filter(({ kind }) => kind === entity.kind).map(item => revive(entity, item));

/** the documents of a kind that another context keeps, as its part's schema lets them through */
export const docsOf = (items: Item[], kind: string) =>
  items.filter(item => item.kind === kind).map(({ doc }) => doc as never);
