import * as z from 'zod';
import { Activity, activities, isOpenTask } from '../activities/activity.ts';
import { Commitment, commitments, isActive } from '../activities/commitment.ts';
import { Document, documents } from '../activities/document.ts';
import { Need, needs } from '../activities/need.ts';
import { Asset, assets } from '../assets/asset.ts';
import { Finance, finances, shownFinance } from '../billing/finance.ts';
import { Consent } from '../consent/consent.ts';
import { Membership, memberships } from '../customer-facts/membership.ts';
import { Customer } from '../customers/customer.ts';
import { Identity, identities } from '../customers/identity.ts';
import type { connectionParts } from '../customers/purpose.ts';
import { lastTouch, TimelineEvent, Touch } from '../customers/timeline.ts';
import { accounts } from '../loyalty/account.ts';
import { Account } from '../loyalty/points.ts';
import { ends, isShown, Relationship } from '../relationships/end.ts';
import { Cart, carts, isFilled, shownCart } from '../sales/carts/cart.ts';
import { cases } from '../service/cases/case.ts';
import { Contactability, contactability } from './contactability.ts';
import { NextAction, nextActions } from './next-actions.ts';
import {
  CaseSummary,
  type Department,
  departments,
  docsOf,
  Freshness,
  freshness,
  isOpenCase,
  NextStep,
  nextStep,
  OpenCase,
  OpportunitySummary,
  OrderSummary,
  ofKind,
  type Part,
  part,
  within,
} from './part.ts';

const Points = Account.pick({ programmeId: true, balance: true, held: true, tier: true });

/** records of other contexts; ended ones are left out */
const connections = {
  relationships: within(
    'relationships',
    part(z.array(Relationship), ({ records }) => ofKind(records, ends).filter(isShown), ['sales', 'service']),
  ),
  assets: within(
    'assets',
    part(z.array(Asset), ({ records }) => ofKind(records, assets), ['sales', 'service']),
  ),
  needs: within(
    'activities',
    part(
      z.array(Need).describe('open ones'),
      ({ records }) => ofKind(records, needs).filter(({ status }) => status === 'open'),
      ['sales', 'marketing'],
    ),
  ),
  tasks: within(
    'activities',
    part(z.array(Activity).describe('open ones'), ({ records }) => ofKind(records, activities).filter(isOpenTask), [
      'sales',
      'service',
    ]),
  ),
  documents: within(
    'documents',
    part(z.array(Document), ({ records }) => ofKind(records, documents), ['sales', 'service']),
  ),
  commitments: within(
    'activities',
    part(z.array(Commitment).describe('the ones in force'), ({ records, now }) =>
      ofKind(records, commitments).filter(commitment => isActive(commitment, now.slice(0, 10))),
    ),
  ),
  finance: within(
    'finance',
    part(Finance.nullable(), ({ parts }) => ofKind(parts, finances).map(shownFinance)[0] ?? null, ['sales', 'service']),
  ),
} satisfies Record<(typeof connectionParts)[number], Part>;

const withheld: Record<Department, (keyof Customer)[]> = {
  sales: [],
  marketing: ['identifiers', 'dateOfBirth'],
  service: [],
};

const without = <T extends object>(value: T, names: PropertyKey[]): T =>
  Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name))) as T;

const none = <S extends z.ZodType>(schema: S, value: z.input<S>, seenBy?: readonly Department[]) =>
  part(schema, () => value, seenBy);

/** The parts of the single view. A new part is declared here only. */
export const viewParts = {
  freshness: part(Freshness, freshness),
  customer: part(Customer, ({ customer }, by) => (by ? without(customer, withheld[by]) : customer)),
  consents: part(z.array(Consent), ({ consents }) => consents, ['marketing']),
  contactability: part(Contactability, ({ customer, consents, records }) =>
    contactability(customer, consents, docsOf(records, 'unreachable')),
  ),
  identities: part(z.array(Identity), ({ parts }) => ofKind(parts, identities).filter(one => !one.released), [
    'marketing',
  ]),
  lastTouch: part(Touch.nullable(), ({ timeline }) => lastTouch(timeline)),
  timeline: part(z.array(TimelineEvent), ({ timeline }) => timeline),
  // sales and marketing should know of complaints
  openCases: part(z.array(OpenCase), ({ records }) => ofKind(records, cases).filter(isOpenCase), departments, 'cases'),
  cases: within(
    'service',
    part(z.array(CaseSummary), ({ records }) => ofKind(records, cases), ['service']),
  ),
  opportunities: within(
    'sales',
    part(z.array(OpportunitySummary), ({ records }) => docsOf(records, 'opportunity'), ['sales']),
  ),
  nextStep: within(
    'sales',
    part(NextStep.nullable(), ({ records }) => nextStep(records), ['sales'], 'opportunities'),
  ),
  orders: within(
    'sales',
    part(z.array(OrderSummary), ({ records }) => docsOf(records, 'order')),
  ),
  carts: within(
    'sales',
    part(
      z.array(Cart).describe('open ones'),
      ({ parts }) =>
        ofKind(parts, carts)
          .map(shownCart)
          .filter(cart => cart.status === 'open' && isFilled(cart)),
      ['sales', 'marketing'],
    ),
  ),
  ...connections,
  loyalty: within(
    'loyalty',
    part(
      z.array(Points).nullable().describe('the points of the programmes that it is in'),
      ({ parts }) => {
        const found = ofKind(parts, accounts);
        return found.length ? found : null;
      },
      ['sales', 'service', 'marketing'],
    ),
  ),
  segments: within(
    'marketing',
    part(
      z.array(Membership.omit({ customerId: true }).extend({ name: z.string() })).describe('the segments it is in'),
      ({ parts, segmentNames }) =>
        ofKind(parts, memberships).map(one => ({ ...one, name: segmentNames.get(one.segmentId) ?? '' })),
      ['marketing'],
    ),
  ),
  scores: none(z.array(z.unknown()), [], ['sales', 'marketing']),
  nextActions: part(z.array(NextAction), nextActions),
  withheld: part(
    z.array(z.string()).describe('parts that are empty because the caller has no scope to read them'),
    ({ withheld }) => withheld,
  ),
  more: part(z.boolean().describe('the customer has more records than are shown'), ({ more }) => more),
};
