import * as z from 'zod';
import { CustomerId, idOf } from '../../events/ids.ts';
import { Day, line, Slug } from '../shared/fields.ts';
import { invalid } from '../shared/http/api-error.ts';
import { stamps } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import { endKeysOf, moveEnd } from './end-merge.ts';
import { relationshipExclusive, relationshipExists } from './errors.ts';

const Side = z.enum(['from', 'to']);
export type Side = z.output<typeof Side>;

export const RelationshipFields = z.strictObject({
  role: line(100).optional(),
  from: Day.optional().describe('first day; default: no start'),
  until: Day.optional().describe('last day; default: no end'),
  primary: z.boolean().optional().describe('the primary one of its type at this customer; replaces the previous one'),
});

/** A relationship seen from one end. It is stored once per end, among each customer's records; both change together. */
export const End = z.object({
  id: idOf('relationship'),
  /** `from`: the customer that has it · `to`: the one it points to */
  side: Side,
  customerId: CustomerId,
  with: CustomerId,
  type: Slug,
  /** the role of the other customer, such as employer */
  label: z.string(),
  ...RelationshipFields.shape,
  primary: z.boolean(),
  claimed: z
    .boolean()
    .optional()
    .describe('only a public write key named it: it is no more than behaviour until a server or staff says it'),
  /** both ends have the same label */
  mutual: z.boolean(),
  exclusive: z.boolean(),
  /** why it is hidden since the customer `from` was merged into this one */
  aside: z.object({ why: z.enum(['duplicate', 'exclusive', 'cycle']), from: CustomerId }).optional(),
  ...stamps,
});
export type End = z.output<typeof End>;

/** as clients see it */
export const Relationship = End.omit({ mutual: true, exclusive: true, aside: true });

export const otherSide = (side: Side): Side => (side === 'from' ? 'to' : 'from');

/** hidden: one with the customer itself, and one set aside, both after a merge */
export const isShown = ({ customerId, with: other, aside }: End) => customerId !== other && !aside;

/** the list key of a customer's relationships of one type */
export const typeKey = (customerId: string, type: string) => `${customerId}#${type}`;

const pairOf = ({ customerId, with: other, mutual }: End) =>
  (mutual ? [customerId, other].sort() : [customerId, other]).join('#');

/** the end that claims the unique values of both */
const claims = (end: End) => end.side === 'from' && isShown(end);

export const ends = entity('relationship', End, {
  onMerge: { keysOf: (...args) => endKeysOf(...args), move: (...args) => moveEnd(...args) },
  onErase: ({ id, customerId, with: other }) => ({
    emptied: [['relationship', id]],
    mentions: [customerId, other].map(one => ({ of: ['customer', one], about: id })),
  }),
  key: ({ id, side }: { id: string; side: Side }) => ({ of: ['relationship', id], part: side }),
  owner: ({ customerId }) => customerId,
  fact: {
    record: 'relationship',
    shown: Relationship,
    of: end => (isShown(end) && !end.claimed ? end : undefined),
    keyOf: id => ({ id, side: 'from' }),
  },
  lists: { type: { by: end => (isShown(end) ? typeKey(end.customerId, end.type) : undefined) } },
  // overlaps are found by a query; these two claims guard against concurrent requests
  unique: {
    begin: {
      taken: relationshipExists,
      of: end => (claims(end) ? `${end.type}#${pairOf(end)}#${end.from ?? ''}` : undefined),
    },
    open: {
      taken: relationshipExclusive,
      of: end => (claims(end) && end.exclusive && !end.until ? typeKey(end.customerId, end.type) : undefined),
    },
  },
});

/** a period in days, both included; open where undefined */
export type Period = { from?: string | undefined; until?: string | undefined };

export const overlap = (a: Period, b: Period) =>
  (a.from ?? '') <= (b.until ?? '~') && (b.from ?? '') <= (a.until ?? '~');

export const mustBeInOrder = ({ from, until }: Period) => {
  if (from && until && until < from) throw invalid([{ path: 'until', message: `is before from, ${from}` }]);
};
