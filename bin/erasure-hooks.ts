import type { ErasureHook } from '../local/runtime/erasure.ts';

/** after which of our events this machine erases personal data, also of messages that were only caught and never sent */
export const erasureHooks: ErasureHook[] = [
  {
    on: { source: ['rapport.customers'], 'detail-type': ['customer.erased'] },
    messages: { tag: 'rapport-customer', at: '$.detail.customerId' },
  },
  { on: { source: ['rapport.customers'], 'detail-type': ['erasure.finished'] } },
];
