import { leadIdentified } from '../../events/lead.ts';
import { asOf } from '../shared/events/as-of.ts';
import { consume } from '../shared/events/consume.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { eventOf, update, updated } from '../shared/store/changes.ts';
import { subscriptions } from './contract.ts';
import { type Lead, leads } from './leads/lead.ts';

const linkLead: Reaction<typeof subscriptions.linkLead> = async ({ about, customerId }, { now, store }) => {
  if (!about.startsWith('lead_') || !customerId) return;
  const before = await store.get(leads, { id: about });
  if (!before || before.customerId) return;
  const lead = updated(now, before, { customerId: customerId as Lead['customerId'] });
  // a lead that was history when it was recorded starts no trigger now either
  const { past } = asOf(lead.createdAt, lead.openedAt);
  await store.commit([update(leads, before, lead), { ...eventOf(leadIdentified, lead), ...(past ? { past } : {}) }]);
};

export const reaction = consume('linkLead', subscriptions.linkLead, linkLead);
