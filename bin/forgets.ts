import type { Forgets } from '../local/forgetting.ts';

/** after which of our events this machine has somebody to forget, also what was only caught and never sent */
export const forgets: Forgets[] = [
  {
    on: { source: ['rapport.customers'], 'detail-type': ['customer.erased'] },
    messages: { tag: 'rapport-customer', at: '$.detail.customerId' },
  },
  { on: { source: ['rapport.customers'], 'detail-type': ['erasure.finished'] } },
];
