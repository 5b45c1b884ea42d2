import { leadRecognised } from '../../events/lead.ts';
import { asOf } from '../shared/events/as-of.ts';
import { consume } from '../shared/events/consume.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { emit } from '../shared/store/changes.ts';
import { subscriptions } from './contract.ts';
import { type Lead, leads } from './lead.ts';
import { changed, told } from './lead-life.ts';

export const linkLead: Reaction<typeof subscriptions.linkLead> = async ({ about, customerId }, { now, store }) => {
  if (!about.startsWith('lead_') || !customerId) return;
  const before = await store.get(leads, { id: about });
  if (!before || before.customerId) return;
  const { lead, write } = changed(now, before, { customerId: customerId as Lead['customerId'] });
  // of a lead that was history when it came in, this is no news either
  const { past } = asOf(lead.createdAt, lead.openedAt);
  await store.commit([write, emit(leadRecognised, { customerId, about, data: told(lead), ...(past ? { past } : {}) })]);
};

export const handler = consume('linkLead', subscriptions.linkLead, linkLead);
