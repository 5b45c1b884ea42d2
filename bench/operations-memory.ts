import type { Operation } from './count.ts';
import type { Tenant } from './stack.ts';
import { customer } from './subjects.ts';

const text = [
  'He called about the brakes of his car: since the last inspection they squeal at low speed, mostly in the morning when it is wet.',
  'Told him that the workshop knows the fault of this series; offered Thursday at ten and a courtesy car for the day.',
].join('\n');

const note = (crm: Tenant, customerId: string) =>
  crm.ask('POST /v1/activities', { body: { customerId, kind: 'call', subject: 'Squealing brakes', body: text } });

export const textSearch = 'search what was written';

export const memoryOperations: Operation[] = [
  {
    name: 'note a call of 50 words',
    prepare: customer,
    run: (crm, subject) => note(crm, (subject as { id: string }).id),
  },
  {
    name: textSearch,
    prepare: async crm => note(crm, (await customer(crm)).id),
    run: crm => crm.ask('GET /v1/search', { query: { q: 'brakes "low speed" courtesy' } }),
  },
];
