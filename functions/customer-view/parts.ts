import * as z from 'zod';
import { Consent } from '../consent/consent.ts';
import { Customer } from '../customers/customer.ts';
import { Identity, identities } from '../customers/identity.ts';
import { lastTouch, Touch } from '../customers/last-touch.ts';
import { TimelineEvent } from '../customers/timeline-event.ts';
import { connections } from './connections.ts';
import { Contactability, contactability } from './contactability.ts';
import { Freshness, freshness } from './freshness.ts';
import { NextStep, nextStep } from './next-step.ts';
import { type Department, departments, docsOf, ofKind, part } from './part.ts';
import { CaseInHand, CaseSummary, OpportunitySummary, OrderSummary } from './summaries.ts';

/** what of the customer itself a department has no use for */
const withheld: Record<Department, (keyof Customer)[]> = {
  sales: [],
  marketing: ['identifiers', 'dateOfBirth'],
  service: [],
};

const without = <T extends object>(value: T, names: PropertyKey[]): T =>
  Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name))) as T;

const settled = ['resolved', 'closed'];

const isOpenCase = ({ status }: { status: string }) => !settled.includes(status);

/** parts that nothing fills yet are empty or null, never missing */
const none = <S extends z.ZodType>(schema: S, value: z.input<S>, seenBy?: readonly Department[]) =>
  part(schema, () => value, seenBy);

/** All parts of the single view, and which departments see each: whoever adds one declares it here, and nowhere else. */
export const viewParts = {
  freshness: part(Freshness, freshness),
  customer: part(Customer, ({ customer }, by) => (by ? without(customer, withheld[by]) : customer)),
  consents: part(z.array(Consent), ({ consents }) => consents, ['marketing']),
  contactability: part(Contactability, ({ customer, consents, records }) =>
    contactability(customer, consents, docsOf(records, 'unreachable')),
  ),
  identities: part(z.array(Identity), ({ parts }) => ofKind(parts, identities), ['marketing']),
  lastTouch: part(Touch.nullable(), ({ timeline }) => lastTouch(timeline)),
  timeline: part(z.array(TimelineEvent), ({ timeline }) => timeline),
  // whoever sells or advertises to somebody with a complaint should know
  openCases: part(
    z.array(CaseInHand),
    ({ records }) => docsOf(records, 'case').filter(isOpenCase),
    departments,
    'cases',
  ),
  cases: part(z.array(CaseSummary), ({ records }) => docsOf(records, 'case'), ['service']),
  opportunities: part(z.array(OpportunitySummary), ({ records }) => docsOf(records, 'opportunity'), ['sales']),
  nextStep: part(NextStep.nullable(), ({ records }) => nextStep(records), ['sales'], 'opportunities'),
  orders: part(z.array(OrderSummary), ({ records }) => docsOf(records, 'order')),
  ...connections,
  loyalty: none(z.unknown().nullable(), null),
  segments: none(z.array(z.unknown()), [], ['marketing']),
  scores: none(z.array(z.unknown()), [], ['sales', 'marketing']),
  nextActions: none(z.array(z.unknown()), []),
  more: part(
    z.boolean().describe('more records belong to the customer than are shown: the latest'),
    ({ more }) => more,
  ),
};
