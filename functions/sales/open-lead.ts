import { newId } from '../../events/ids.ts';
import { customerById } from '../customers/reads.ts';
import { consume } from '../shared/events/consume.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { decided } from '../shared/store/decision.ts';
import { subscriptions } from './contract.ts';
import { leads, requestKey } from './leads/lead.ts';
import { newLead, writeLead } from './leads/lead-changes.ts';

const openLead: Reaction<typeof subscriptions.openLead> = async ({ customerId, data }, { now, store }) => {
  const customer = customerId ? await customerById(store, customerId) : undefined;
  if (!customer) return; // erased
  const { cause } = data;
  const decision = { customerId: customer.id, kind: 'lead', cause };
  const open = await store.holder(leads, 'request', requestKey({ customerId: customer.id, cause }));
  if (open) {
    const reasons = [`${open} was opened for the same cause and is still new`];
    await store.commit([decided(now, { ...decision, outcome: 'skipped', reasons })]);
    return;
  }
  const { after, events } = newLead(now, { ...data, customerId: customer.id, id: newId('lead', now) });
  const outcome = `opened ${after.id}`;
  const reasons = [`requested by ${cause}`];
  await store.commit([...writeLead(undefined, after), ...events, decided(now, { ...decision, outcome, reasons })]);
};

export const reaction = consume('openLead', subscriptions.openLead, openLead);
