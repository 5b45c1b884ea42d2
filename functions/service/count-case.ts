import { consume } from '../shared/events/consume.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { dayOf } from '../shared/time/duration.ts';
import { subscriptions } from './contract.ts';
import { countsOf } from './figures/case-counts.ts';
import { countChanges } from './figures/figures.ts';

const countCase: Reaction<typeof subscriptions.countCase> = async (event, { store }) => {
  const changes = countChanges(dayOf(event.occurredAt), countsOf(event), event.about);
  if (changes.length) await store.commit(changes);
};

export const reaction = consume('countCase', subscriptions.countCase, countCase);
