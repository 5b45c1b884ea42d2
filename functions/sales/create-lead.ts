import { newId } from '../../events/ids.ts';
import { customerIdByEmail, needCustomer } from '../customers/reads.ts';
import type { Handler } from '../shared/http/contract.ts';
import { insert } from '../shared/store/changes.ts';
import { type Lead, leads } from './lead.ts';
import { met, opened } from './lead-life.ts';
import type { leadRoutes } from './lead-routes.ts';
import { mustHaveHappened } from './must-have-happened.ts';

export const createLead: Handler<typeof leadRoutes.createLead> = async ({ body }, { now, store }) => {
  const { contact, openedAt } = body;
  mustHaveHappened(now, 'openedAt', openedAt);
  const named = body.customerId ? (await needCustomer(store, body.customerId)).id : undefined;
  const held = contact?.email && (await customerIdByEmail(store, contact.email));
  const customerId = (named ?? (held || undefined)) as NonNullable<Lead['customerId']> | undefined;
  const { lead, said } = opened(now, { ...body, customerId, id: newId('lead', openedAt ?? now) });
  return store.commit([insert(leads, lead), ...said, ...met(lead)], lead);
};
