import { caseOpened } from '../../events/case.ts';
import { consume } from '../shared/events/consume.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { eventOf } from '../shared/store/changes.ts';
import { type Case, cases } from './cases/case.ts';
import { changeCase } from './cases/case-changes.ts';
import { subscriptions } from './contract.ts';

const linkCustomer: Reaction<typeof subscriptions.linkCustomer> = async ({ about, customerId }, { now, store }) => {
  if (!about.startsWith('case_') || !customerId) return;
  const before = await store.get(cases, { id: about });
  if (!before || before.customerId) return;
  const fields = { customerId: customerId as Case['customerId'], watchedSince: now };
  const { after, changes } = changeCase(now, before, fields);
  await store.commit([...changes, eventOf(caseOpened, after)]);
};

export const reaction = consume('linkCustomer', subscriptions.linkCustomer, linkCustomer);
