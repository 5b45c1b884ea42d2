import * as z from 'zod';
import { CustomerId, idOf } from '../../events/ids.ts';
import { Money } from '../../events/money.ts';
import { Place, Source } from '../../events/session.ts';
import { Instant } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import { dayOf, plus } from '../shared/time/duration.ts';

/** a lead or an order of the customer, which the visits before it brought about */
export const Outcome = z.object({
  kind: z.enum(['lead', 'order']),
  id: z.string(),
  at: Instant,
  amount: Money.optional(),
});
export type Outcome = z.output<typeof Outcome>;

/** A visit: behaviour without a pause. It follows from the timeline, and is what the figures of its source are the sum of. */
export const Session = z.object({
  id: idOf('session'),
  customerId: CustomerId.nullable(),
  /** the partition of an unknown visitor */
  visitor: z.string().nullable(),
  startedAt: Instant,
  endedAt: Instant.describe('when its last event happened'),
  seconds: z.int().describe('from its first event to its last'),
  events: z.int(),
  pages: z.int().describe('pages and screens'),
  entry: Place,
  exit: Place,
  device: z.enum(['desktop', 'mobile', 'tablet', 'other']),
  ...Source.shape,
  touch: Source.extend({ at: Instant }).describe('the last visit up to here that did not come directly'),
  firstOfDay: z.boolean(),
  outcomes: z
    .array(Outcome)
    .describe('leads and orders from here to the next session; none for who may not read sales'),
});
export type Session = z.output<typeof Session>;

/** how long behaviour of unknown visitors is stored, less a day */
const unknownFor = 'P179D';

export const StoredSession = Session.extend({ version: z.int(), until: Instant.optional() });
export type StoredSession = z.output<typeof StoredSession>;

type Key = Pick<Session, 'customerId' | 'visitor' | 'startedAt' | 'id'>;

export type Visitor = Pick<Session, 'customerId' | 'visitor'>;

export const partitionOf = ({ customerId, visitor }: Visitor): [kind: string, id: string] =>
  customerId ? ['customer', customerId] : ['anonymous', visitor ?? ''];

export const sessionPart = (startedAt: string, id = '') => `session#${startedAt}#${id}`;

export const sessionParts = { from: 'session#', to: 'session$' };

export const sessions = entity('session', StoredSession, {
  onErase: 'delete',
  // they are derived again where the timeline is moved to
  onMerge: 'stay',
  key: (key: Key) => ({ of: partitionOf(key), part: sessionPart(key.startedAt, key.id) }),
  expires: ({ until, customerId, endedAt }) => until ?? (customerId ? undefined : plus(endedAt, unknownFor)),
});

/** what is known of where a session came from */
export const sourceIn = (session: Session): Source =>
  Object.fromEntries(
    Object.entries(session).filter(([name, value]) => name in Source.shape && value !== undefined),
  ) as Source;

type Metrics = Record<string, number>;

/** what is counted of a source on a day */
export type Counted = Pick<Source, 'source' | 'medium' | 'campaign'> & { day: string; of: Metrics };

const outcomeMetrics = ({ kind, amount }: Outcome): Metrics =>
  kind === 'lead' ? { leads: 1 } : { orders: 1, ...(amount ? { [`revenue:${amount.currency}`]: amount.amount } : {}) };

/** What a session adds to the figures: visits to its own source, leads and orders to the last that was not direct. */
export const countedOf = ({ startedAt, firstOfDay, source, medium, campaign, touch, outcomes }: Session): Counted[] => [
  { day: dayOf(startedAt), source, medium, campaign, of: { sessions: 1, ...(firstOfDay ? { visitors: 1 } : {}) } },
  ...outcomes.map(outcome => {
    const { source, medium, campaign } = touch;
    return { day: dayOf(outcome.at), source, medium, campaign, of: outcomeMetrics(outcome) };
  }),
];
