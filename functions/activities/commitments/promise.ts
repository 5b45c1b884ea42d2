import * as z from 'zod';
import { CustomerId, idOf } from '../../../events/ids.ts';
import { Money } from '../../../events/money.ts';
import {
  commitmentBroken,
  commitmentFulfilled,
  commitmentMade,
  commitmentWithdrawn,
  PromiseKind,
} from '../../../events/promise.ts';
import { Day, line, prose } from '../../shared/fields.ts';
import { Instant, stamps } from '../../shared/http/contract.ts';
import { entity } from '../../shared/store/entity.ts';
import { bodyOf } from '../../shared/text/searchable-text.ts';

/** what is said of a promise; what was said stays as it was said */
export const PromiseFields = z.strictObject({
  kind: PromiseKind,
  subject: line(120).describe('what it is about: the id of a product, or a topic'),
  text: prose(2000),
  amount: Money.optional(),
  validUntil: Day.optional().describe('its last day; until it is kept, broken or withdrawn unless said'),
  department: line(60),
});

export const PromiseStatus = z.enum(['standing', 'kept', 'broken', 'withdrawn']);

/** What a department promised, quoted or offered to a customer, or how it speaks to it of something. */
export const PromiseMade = z.object({
  id: idOf('promise'),
  customerId: CustomerId,
  ...PromiseFields.shape,
  status: PromiseStatus,
  note: z.string().optional(),
  closedAt: Instant.optional(),
  by: z.string(),
  ...stamps,
});
export type PromiseMade = z.output<typeof PromiseMade>;

export const promises = entity('promise', PromiseMade, {
  onErase: 'delete',
  owner: ({ customerId }) => customerId,
  searchText: {
    scope: 'customers.read',
    events: [commitmentMade, commitmentFulfilled, commitmentBroken, commitmentWithdrawn],
    of: ({ subject, text, note, by, createdAt }) => ({
      at: createdAt,
      by,
      title: subject,
      body: bodyOf(text, note),
    }),
  },
});

/** whether it still binds on a day */
export const stands = ({ status, validUntil = '~' }: Pick<PromiseMade, 'status' | 'validUntil'>, day: string) =>
  status === 'standing' && validUntil >= day;

const plain = (text: string) => text.trim().replace(/\s+/g, ' ').toLowerCase();

export const sameSubject = (a: Pick<PromiseMade, 'subject'>, b: Pick<PromiseMade, 'subject'>) =>
  plain(a.subject) === plain(b.subject);

type Terms = Pick<PromiseMade, 'subject' | 'text' | 'amount' | 'department'>;

/** Whether two departments say different things of one subject: of amounts the amounts count, otherwise the words. */
export const contradict = (a: Terms, b: Terms): boolean => {
  if (!sameSubject(a, b) || plain(a.department) === plain(b.department)) return false;
  if (!a.amount && !b.amount) return plain(a.text) !== plain(b.text);
  return a.amount?.amount !== b.amount?.amount || a.amount?.currency !== b.amount?.currency;
};

/** what events tell of a promise */
export const told = ({ kind, subject, text, amount, validUntil, department }: PromiseMade) => ({
  kind,
  subject,
  text,
  amount,
  validUntil,
  department,
});
