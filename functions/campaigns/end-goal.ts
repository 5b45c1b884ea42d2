import { consume } from '../shared/events/consume.ts';
import { activeGoals, campaigns } from './campaign.ts';
import { filingOf } from './change-state.ts';
import { subscriptions } from './contract.ts';

export const reaction = consume('endGoal', subscriptions.endGoal, async ({ about }, { store }) => {
  const campaign = await store.get(campaigns, { id: about });
  if (campaign) await store.commit(activeGoals.changes(filingOf(campaign), undefined));
});
