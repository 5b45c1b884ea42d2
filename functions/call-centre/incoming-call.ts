import * as z from 'zod';
import { CustomerId, idOf } from '../../events/ids.ts';
import { Key, line } from '../shared/fields.ts';
import { Instant, stamps } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import { FixedDuration, plus } from '../shared/time/duration.ts';

export const CodeFields = z.strictObject({
  name: line(100),
  callBack: z
    .strictObject({ queue: Key, after: FixedDuration.describe('such as PT4H') })
    .optional()
    .describe('the call that follows, unless the request says another one'),
});

/** What a call can come to. */
export const WrapUpCode = z.object({ id: Key, ...CodeFields.shape, ...stamps });

export const wrapUpCodes = entity('wrap-up-code', WrapUpCode, {
  onErase: 'not-personal',
  key: ({ id }: { id: string }) => ({ of: ['wrap-up-code', 'all'], part: id }),
});

/** A call that a telephone system reported. */
export const IncomingCall = z.object({
  id: idOf('incomingCall'),
  callId: z.string(),
  /** if one customer has the number */
  customerId: CustomerId.optional(),
  /** the activity that says what it came to */
  activityId: idOf('activity').optional(),
  at: Instant,
  ...stamps,
});
export type IncomingCall = z.output<typeof IncomingCall>;

export const incomingCalls = entity('incoming-call', IncomingCall, {
  onMerge: 'follow',
  onErase: 'delete',
  area: 'activities',
  owner: ({ customerId }) => customerId,
  expires: ({ at }) => plus(at, 'P30D'),
});
