import * as z from 'zod';
import { CustomerId } from '../../events/ids.ts';
import { foreignId } from '../shared/fields.ts';
import { Instant, lists, route, warning } from '../shared/http/contract.ts';
import { holdMissing, notEnoughPoints, referenceTaken } from './errors.ts';
import { Account } from './points.ts';
import { Posting } from './posting.ts';
import { Programme, ProgrammeFields } from './programme.ts';

const read = { scope: 'loyalty.read' } as const;
const write = { scope: 'loyalty.write' } as const;

export const Member = Account.pick({
  ...{ programmeId: true, customerId: true, balance: true, held: true, earned: true, tier: true },
}).extend({ expiring: z.array(z.object({ points: z.int(), at: Instant })).describe('the soonest first') });

const Reference = foreignId(200).describe('what it is for, such as an order; the same again changes nothing');
const Points = z.int().min(1, 'must be 1 or more').max(1_000_000_000_000);
const points = { points: Points, reference: Reference };
const example = { points: 120, reference: 'order A-17' };

const posting = (verb: string, summary: string) => ({
  key: `POST /v1/programmes/{id}/members/{customerId}/${verb}` as const,
  declared: { summary, ...write, reply: Member },
});

const of = <Body extends z.ZodType>(
  { key, declared }: ReturnType<typeof posting>,
  body: Body,
  more: { errors?: (typeof notEnoughPoints)[]; example?: unknown } = {},
) => route(key, { ...declared, body, example, ...more, errors: [referenceTaken, ...(more.errors ?? [])] });

export const loyaltyRoutes = {
  putProgramme: route('PUT /v1/programmes/{id}', {
    summary: 'Define a loyalty programme: by which events points are earned, tiers, and when points expire',
    ...write,
    body: ProgrammeFields,
    reply: warning(Programme),
    location: ({ id }) => `/v1/programmes/${id}`,
    example: {
      currencyName: 'miles',
      earn: [{ event: 'order.completed', points: '10 per 1.00', round: 'down' }],
      tiers: [
        { name: 'Silver', from: 1000 },
        { name: 'Gold', from: 10_000 },
      ],
      expiry: { after: 'P365D' },
    },
  }),
  listProgrammes: route('GET /v1/programmes', { summary: 'List loyalty programmes', ...read, ...lists(Programme) }),
  readProgramme: route('GET /v1/programmes/{id}', { summary: 'Read a loyalty programme', ...read, reply: Programme }),
  readLiability: route('GET /v1/programmes/{id}/liability', {
    summary: 'Read what a programme owes its members, and what became of all points that it gave',
    ...read,
    reply: z.object({
      outstanding: z.int().describe('balances and what is held'),
      member: z.int(),
      held: z.int(),
      issued: z.int(),
      redeemed: z.int(),
      expired: z.int(),
      adjusted: z.int(),
      forfeited: z.int(),
    }),
  }),
  listProgrammeMembers: route('GET /v1/programmes/{id}/members', {
    summary: 'List the members of a programme',
    ...read,
    ...lists(Member),
  }),
  readLedger: route('GET /v1/programmes/{id}/ledger', {
    summary: 'List the postings of a programme, newest first; the entries of each add up to zero',
    ...read,
    ...lists(Posting, { customerId: CustomerId.optional() }),
  }),
  readMember: route('GET /v1/programmes/{id}/members/{customerId}', {
    summary: 'Read the points of a customer; one that never had any has none',
    ...read,
    reply: Member,
  }),
  readMemberLedger: route('GET /v1/programmes/{id}/members/{customerId}/ledger', {
    summary: 'List the postings of a customer, newest first',
    ...read,
    ...lists(Posting),
  }),
  earnPoints: of(posting('earn', 'Give points to a customer, as earned'), z.strictObject(points)),
  redeemPoints: of(
    posting('redeem', 'Redeem points, or points that are held'),
    z.strictObject({ ...points, hold: Reference.describe('the reference of the hold that is used').optional() }),
    { errors: [notEnoughPoints, holdMissing] },
  ),
  holdPoints: of(posting('hold', 'Hold points, so that nothing else uses them'), z.strictObject(points), {
    errors: [notEnoughPoints],
  }),
  releasePoints: of(
    posting('release', 'Release points that are held, by the reference of the hold'),
    z.strictObject({ points: Points.optional(), reference: Reference }),
    { errors: [holdMissing], example: { reference: 'order A-17' } },
  ),
  transferPoints: of(
    posting('transfer', 'Transfer points to another customer; they expire when they would have'),
    z.strictObject({ ...points, to: CustomerId }),
    { errors: [notEnoughPoints], example: { ...example, to: 'cus_01jd5e7k3m9q2r4t6v8w0x1y2z' } },
  ),
  adjustPoints: of(
    posting('adjust', 'Correct the points of a customer, up or down; they do not count for tiers'),
    z.strictObject({
      points: z
        .int()
        .min(-1e12)
        .max(1e12)
        .refine(value => value !== 0, 'must not be 0'),
      reference: Reference,
    }),
    { errors: [notEnoughPoints], example: { points: -20, reference: 'correction 4' } },
  ),
};

export const myLoyaltyRoutes = {
  readMyPoints: route('GET /v1/me/loyalty', {
    summary: 'Read the customer’s own points',
    auth: 'customer',
    reply: z.object({ items: z.array(Member.omit({ customerId: true }).extend({ currencyName: z.string() })) }),
  }),
};
