import { caseOpened } from '../../events/case.ts';
import { customerById } from '../customers/reads.ts';
import { consume } from '../shared/events/consume.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { eventOf } from '../shared/store/changes.ts';
import { decided } from '../shared/store/decision.ts';
import { newCase } from './cases/case-changes.ts';
import { subscriptions } from './contract.ts';

const openRequestedCase: Reaction<typeof subscriptions.openRequestedCase> = async (
  { customerId, data: { cause, step: _, ...fields } },
  { now, store, actor },
) => {
  const customer = await customerById(store, customerId ?? '');
  if (!customer) return; // erased
  const { after, changes } = newCase(now, { fields: { ...fields, automatic: true }, customerId: customer.id, actor });
  const reasons = [`requested by ${cause}`];
  const decision = decided(now, {
    customerId: customer.id,
    kind: 'case',
    outcome: `opened ${after.id}`,
    reasons,
    cause,
  });
  await store.commit([...changes, eventOf(caseOpened, after), decision]);
};

export const reaction = consume('openRequestedCase', subscriptions.openRequestedCase, openRequestedCase);
