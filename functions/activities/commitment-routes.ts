import * as z from 'zod';
import { line, prose } from '../shared/fields.ts';
import { creates, lists, route } from '../shared/http/contract.ts';
import { CommitmentFields, ShownCommitment } from './commitment.ts';
import { commitmentClosed } from './errors.ts';

const read = { scope: 'activities.read' } as const;
const write = { scope: 'activities.write' } as const;
const closing = {
  ...write,
  body: z.strictObject({ note: prose(500).optional() }),
  reply: ShownCommitment,
  errors: [commitmentClosed],
};

/** a commitment as its customer sees it */
export const MyCommitment = ShownCommitment.pick({
  id: true,
  kind: true,
  subject: true,
  text: true,
  amount: true,
  validUntil: true,
  status: true,
  createdAt: true,
});

export const commitmentRoutes = {
  listMyCommitments: route('GET /v1/me/commitments', {
    summary: 'List what was promised, quoted or offered to the customer, latest first',
    auth: 'customer',
    ...lists(MyCommitment),
  }),
  makeCommitment: route('POST /v1/customers/{id}/commitments', {
    summary:
      'Record a commitment, quote or offer of a department; `conflicts` lists active commitments of other departments that contradict it',
    ...write,
    body: CommitmentFields,
    reply: ShownCommitment.extend({ conflicts: z.array(ShownCommitment) }),
    ...creates('/v1/commitments'),
    example: {
      kind: 'price',
      subject: 'VOLT-7',
      text: 'Volt 7 for 125,000, delivered',
      amount: { amount: 12_500_000, currency: 'SGD' },
      validUntil: '2099-12-31',
      department: 'sales',
    },
  }),
  commitmentsOfCustomer: route('GET /v1/customers/{id}/commitments', {
    summary: 'List the commitments to a customer, latest first; `active` are those binding today',
    ...read,
    ...lists(ShownCommitment, { status: ShownCommitment.shape.status.optional(), subject: line(120).optional() }),
  }),
  readCommitment: route('GET /v1/commitments/{id}', { summary: 'Read a commitment', ...read, reply: ShownCommitment }),
  fulfilCommitment: route('POST /v1/commitments/{id}/fulfil', {
    summary: 'Mark a commitment as fulfilled',
    ...closing,
    example: {},
  }),
  breakCommitment: route('POST /v1/commitments/{id}/break', {
    summary: 'Mark a commitment as broken',
    ...closing,
    example: { note: 'the model was sold out' },
  }),
  withdrawCommitment: route('POST /v1/commitments/{id}/withdraw', {
    summary: 'Withdraw a commitment; to change its terms, record another',
    ...closing,
    example: { note: 'replaced by a new offer' },
  }),
};
