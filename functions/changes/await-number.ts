import { consume } from '../shared/events/consume.ts';
import { insert } from '../shared/store/changes.ts';
import { waiting } from './change.ts';
import { subscriptions } from './contract.ts';

const isLeftOut = (source: string, type: string) => source === 'rapport.timers' || type.startsWith('tracked.');

export const reaction = consume('awaitNumber', subscriptions.awaitNumber, async (event, { store }) => {
  const { source, type, id, occurredAt: at, customerId, about } = event as typeof event & { source: string };
  if (isLeftOut(source, type)) return;
  await store.commit([insert(waiting, { id, type, at, customerId, about, version: 1 })]);
});
