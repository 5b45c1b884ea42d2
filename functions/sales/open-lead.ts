import { newId } from '../../events/ids.ts';
import { customerById } from '../customers/reads.ts';
import { consume } from '../shared/events/consume.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { insert } from '../shared/store/changes.ts';
import { decided } from '../shared/store/decision.ts';
import { subscriptions } from './contract.ts';
import { leads, requestOf } from './lead.ts';
import { opened } from './lead-life.ts';

export const openLead: Reaction<typeof subscriptions.openLead> = async ({ customerId, data }, { now, store }) => {
  const customer = customerId ? await customerById(store, customerId) : undefined;
  if (!customer) return; // erased meanwhile
  const { cause } = data;
  const open = await store.holder(leads, 'request', requestOf({ customerId: customer.id, cause }));
  const choice = { customerId: customer.id, kind: 'lead', cause };
  if (open) {
    const reasons = [`${open} was opened for the same cause and is still new`];
    await store.commit([decided(now, { ...choice, outcome: 'skipped', reasons })]);
    return;
  }
  const { lead, said } = opened(now, { ...data, customerId: customer.id, id: newId('lead', now) });
  const reasons = [`${cause} asked for it`];
  await store.commit([
    insert(leads, lead),
    ...said,
    decided(now, { ...choice, outcome: `opened ${lead.id}`, reasons }),
  ]);
};

export const handler = consume('openLead', subscriptions.openLead, openLead);
