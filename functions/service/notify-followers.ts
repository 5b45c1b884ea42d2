import { caseFollowed } from '../../events/case.ts';
import { consume } from '../shared/events/consume.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { eventOf } from '../shared/store/changes.ts';
import { cases } from './cases/case.ts';
import { subscriptions } from './contract.ts';

const notifyFollowers: Reaction<typeof subscriptions.notifyFollowers> = async ({ type, about, actor }, { store }) => {
  const found = await store.get(cases, { id: about });
  // who did it knows
  const others = (found?.followers ?? []).filter(userId => actor !== `user:${userId}`);
  if (!found || !others.length) return;
  await store.commit(others.map(userId => eventOf(caseFollowed, found, { userId, what: type })));
};

export const reaction = consume('notifyFollowers', subscriptions.notifyFollowers, notifyFollowers);
