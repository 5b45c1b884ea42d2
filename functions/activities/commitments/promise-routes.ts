import * as z from 'zod';
import { line, prose } from '../../shared/fields.ts';
import { page, paging, route } from '../../shared/http/contract.ts';
import { PromiseFields, PromiseMade, PromiseStatus } from './promise.ts';

const read = { scope: 'customers.read' } as const;
const write = { scope: 'customers.write' } as const;
const closing = {
  ...write,
  body: z.strictObject({ note: prose(500).optional() }),
  reply: PromiseMade,
  refuses: ['commitment.closed'],
};

export const promiseRoutes = {
  makePromise: route('POST /v1/customers/{id}/commitments', {
    summary:
      'Put on record what a department promised, quoted or offered; `conflicts` are what others said otherwise and still stands',
    ...write,
    body: PromiseFields,
    reply: PromiseMade.extend({ conflicts: z.array(PromiseMade) }),
    status: 201,
    location: ({ id }) => `/v1/commitments/${id}`,
    example: {
      kind: 'price',
      subject: 'VOLT-7',
      text: 'Volt 7 for 125,000, delivered',
      amount: { amount: 12_500_000, currency: 'SGD' },
      validUntil: '2099-12-31',
      department: 'sales',
    },
  }),
  promisesOfCustomer: route('GET /v1/customers/{id}/commitments', {
    summary: 'What a customer was promised, latest first; `standing` are those that bind today',
    ...read,
    query: z.strictObject({ status: PromiseStatus.optional(), subject: line(120).optional(), ...paging }),
    reply: page(PromiseMade),
  }),
  readPromise: route('GET /v1/commitments/{id}', { summary: 'Read a promise', ...read, reply: PromiseMade }),
  keepPromise: route('POST /v1/commitments/{id}/keep', {
    summary: 'Say that a promise was kept',
    ...closing,
    example: {},
  }),
  breakPromise: route('POST /v1/commitments/{id}/break', {
    summary: 'Say that a promise was not kept',
    ...closing,
    example: { note: 'the model was sold out' },
  }),
  withdrawPromise: route('POST /v1/commitments/{id}/withdraw', {
    summary: 'Say that a promise does not stand any more; to say it otherwise, make another',
    ...closing,
    example: { note: 'said otherwise since' },
  }),
};
