import * as z from 'zod';
import {
  CommitmentKind,
  commitmentBroken,
  commitmentFulfilled,
  commitmentMade,
  commitmentWithdrawn,
} from '../../events/commitment.ts';
import { CustomerId, idOf } from '../../events/ids.ts';
import { Money } from '../../events/money.ts';
import { Day, line, prose } from '../shared/fields.ts';
import { Instant, stamps } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import { bodyOf } from '../shared/text/searchable-text.ts';

/** terms are never changed: another commitment replaces them */
export const CommitmentFields = z.strictObject({
  kind: CommitmentKind,
  subject: line(120).describe('a product id or a topic'),
  text: prose(2000),
  amount: Money.optional(),
  validUntil: Day.optional().describe('last day of validity; default: until fulfilled, broken or withdrawn'),
  department: line(60),
});

export const CommitmentStatus = z.enum(['active', 'fulfilled', 'broken', 'withdrawn']);

/** What a department promised, quoted or offered to a customer, or the wording it uses with it. */
export const Commitment = z.object({
  id: idOf('commitment'),
  customerId: CustomerId,
  ...CommitmentFields.shape,
  status: CommitmentStatus,
  note: z.string().optional(),
  closedAt: Instant.optional(),
  by: z.string(),
  ...stamps,
});
export type Commitment = z.output<typeof Commitment>;

const ShownStatus = z.enum([...CommitmentStatus.options, 'expired']);

export const ShownCommitment = Commitment.extend({ status: ShownStatus });

export const commitments = entity('commitment', Commitment, {
  onErase: 'delete',
  onMerge: 'follow',
  owner: ({ customerId }) => customerId,
  searchText: {
    scope: 'activities.read',
    events: [commitmentMade, commitmentFulfilled, commitmentBroken, commitmentWithdrawn],
    of: ({ subject, text, note }) => ({ title: subject, body: bodyOf(text, note) }),
  },
});

type Validity = Pick<Commitment, 'status' | 'validUntil'>;

const statusOn = ({ status, validUntil = '~' }: Validity, day: string): z.output<typeof ShownStatus> =>
  status === 'active' && validUntil < day ? 'expired' : status;

/** whether it is binding on a day */
export const isActive = (commitment: Validity, day: string) => statusOn(commitment, day) === 'active';

/** as it is shown on a day: it expires without an event */
export const shownOn = <C extends Validity>(commitment: C, day: string) => ({
  ...commitment,
  status: statusOn(commitment, day),
});

const normalised = (text: string) => text.trim().replace(/\s+/g, ' ').toLowerCase();

export const isSameSubject = (a: Pick<Commitment, 'subject'>, b: Pick<Commitment, 'subject'>) =>
  normalised(a.subject) === normalised(b.subject);

type Terms = Pick<Commitment, 'subject' | 'text' | 'amount' | 'department'>;

/** Whether two departments contradict each other on a subject: by the amounts, or by the texts where there are none. */
export const contradict = (a: Terms, b: Terms): boolean => {
  if (!isSameSubject(a, b) || normalised(a.department) === normalised(b.department)) return false;
  if (!a.amount && !b.amount) return normalised(a.text) !== normalised(b.text);
  return a.amount?.amount !== b.amount?.amount || a.amount?.currency !== b.amount?.currency;
};
