import * as z from 'zod';
import { CustomerId, idOf } from '../../events/ids.ts';
import { Day, line, Slug } from '../shared/fields.ts';
import { stamps } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import { carryEnd, endKeysOf } from './end-merge.ts';
import { erasedEnd } from './erased-end.ts';

const Side = z.enum(['from', 'to']);
export type Side = z.output<typeof Side>;

/** what is said of a relationship and may change */
export const RelationshipFields = z.strictObject({
  role: line(100).optional(),
  from: Day.optional().describe('its first day; always unless said'),
  until: Day.optional().describe('its last day; open unless said'),
  primary: z.boolean().optional().describe('the first of its type with this customer; the others are not, then'),
});

/**
 * A relationship as one of its ends sees it. It is kept twice, once for each end, so that each customer's records hold it; both
 * are always changed together and at one version.
 */
export const End = z.object({
  id: idOf('relationship'),
  /** `from`: the customer that has it · `to`: the one that it points to */
  side: Side,
  customerId: CustomerId,
  with: CustomerId,
  type: Slug,
  /** what the other is to this one */
  label: z.string(),
  ...RelationshipFields.shape,
  primary: z.boolean(),
  /** both ends are the same to each other */
  mutual: z.boolean(),
  exclusive: z.boolean(),
  /** why it is not shown since the customer `from` was merged into this one */
  aside: z.object({ why: z.enum(['duplicate', 'exclusive', 'cycle']), from: CustomerId }).optional(),
  ...stamps,
});
export type End = z.output<typeof End>;

/** what clients see of it */
export const ShownEnd = End.omit({ mutual: true, exclusive: true, aside: true });

export const otherSide = (side: Side): Side => (side === 'from' ? 'to' : 'from');

/** whether it is shown: not with oneself, as a merger may make it, and not set aside by one */
export const counts = ({ customerId, with: other, aside }: End) => customerId !== other && !aside;

/** the ends of one type at one customer */
export const kinOf = (customerId: string, type: string) => `${customerId}#${type}`;

const pairOf = ({ customerId, with: other, mutual }: End) =>
  (mutual ? [customerId, other].sort() : [customerId, other]).join('#');

/** holds what both ends claim together */
const claiming = (end: End) => end.side === 'from' && counts(end);

export const ends = entity('relationship', End, {
  onMerge: { keysOf: (...args) => endKeysOf(...args), carry: (...args) => carryEnd(...args) },
  onErase: (end, erasing) => erasedEnd(end, erasing),
  key: ({ id, side }: { id: string; side: Side }) => ({ of: ['relationship', id], part: side }),
  owner: ({ customerId }) => customerId,
  lists: { kin: { by: end => (counts(end) ? kinOf(end.customerId, end.type) : undefined) } },
  // overlapping days are looked for before; these two stand against somebody who does the same at the same time
  unique: {
    begin: {
      code: 'relationship.exists',
      of: end => (claiming(end) ? `${end.type}#${pairOf(end)}#${end.from ?? ''}` : undefined),
    },
    open: {
      code: 'relationship.exclusive',
      of: end => (claiming(end) && end.exclusive && !end.until ? kinOf(end.customerId, end.type) : undefined),
    },
  },
});
