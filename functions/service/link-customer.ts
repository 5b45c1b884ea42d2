import { consume } from '../shared/events/consume.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { cases } from './cases/case.ts';
import { changeCase } from './cases/change-case.ts';
import { opened } from './cases/new-case.ts';
import { subscriptions } from './contract.ts';

export const linkCustomer: Reaction<typeof subscriptions.linkCustomer> = async (
  { about, customerId },
  { now, store },
) => {
  if (!about.startsWith('case_') || !customerId) return;
  const before = await store.get(cases, { id: about });
  if (!before || before.customerId) return;
  const { after, changes } = changeCase(now, before, { customerId: customerId as `cus_${string}`, watchedSince: now });
  await store.commit([...changes, opened(after)]);
};

export const handler = consume('linkCustomer', subscriptions.linkCustomer, linkCustomer);
