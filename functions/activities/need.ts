import * as z from 'zod';
import { CustomerId, idOf } from '../../events/ids.ts';
import { Money } from '../../events/money.ts';
import { NeedStatus, needChanged, needRecorded, needRemoved } from '../../events/need.ts';
import { Day, line, prose } from '../shared/fields.ts';
import { stamps } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import { bodyOf } from '../shared/text/searchable-text.ts';

export const NeedFields = z.strictObject({
  what: prose(1000),
  category: line(60).optional(),
  productId: line(128).optional(),
  budget: Money.optional(),
  neededBy: Day.optional(),
  strength: z.int().min(1).max(5).describe('from 1 (an idea) to 5 (a must)').optional(),
  source: line(100).describe('how the need became known, such as a call, a form or the configurator'),
  status: NeedStatus.optional(),
});

/** What a customer needs or is interested in. */
export const Need = z.object({
  id: idOf('need'),
  customerId: CustomerId,
  ...NeedFields.shape,
  status: NeedStatus,
  by: z.string(),
  ...stamps,
});
export type Need = z.output<typeof Need>;

/** the list key of the needs of one status for a product or in a category */
export const wanting = (value: string, status: Need['status']) => `${value}#${status}`;

export const needs = entity('need', Need, {
  onMerge: 'follow',
  onErase: 'delete',
  owner: ({ customerId }) => customerId,
  fact: { record: 'need', shown: Need },
  lists: {
    product: { by: ({ productId, status }) => productId && wanting(productId, status) },
    category: { by: ({ category, status }) => category && wanting(category, status) },
  },
  searchText: {
    scope: 'activities.read',
    events: [needRecorded, needChanged, needRemoved],
    of: ({ what, category, source }) => ({ title: what, body: bodyOf(category, source) }),
  },
});
