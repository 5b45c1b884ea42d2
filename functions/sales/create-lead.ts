import { contactMet } from '../../events/customer.ts';
import { customerIdByEmail, needCustomer } from '../customers/reads.ts';
import { say } from '../shared/changes.ts';
import type { UseCase } from '../shared/contract.ts';
import type { Lead } from './lead.ts';
import { opened } from './lead-life.ts';
import type { leadRoutes } from './lead-routes.ts';

export const createLead: UseCase<typeof leadRoutes.createLead> = async ({ body }, { now, store }) => {
  const { contact } = body;
  const named = body.customerId ? (await needCustomer(store, body.customerId)).id : undefined;
  const held = contact?.email && (await customerIdByEmail(store, contact.email));
  const customerId = (named ?? (held || undefined)) as NonNullable<Lead['customerId']> | undefined;
  const { lead, changes } = opened(now, { ...body, customerId });
  const met = contact && !customerId ? [say(contactMet, { about: lead.id, data: { contact, source: 'lead' } })] : [];
  return store.commit([...changes, ...met], lead);
};
