import { newId } from '../../../events/ids.ts';
import { leadQualified } from '../../../events/lead.ts';
import { contactProfile } from '../../customers/contact-profile.ts';
import { changedCustomer, withoutInvalidFields } from '../../customers/profile.ts';
import { customerIdByEmail, needCustomer } from '../../customers/reads.ts';
import { settingsOf } from '../../customers/settings.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { handlers } from '../../shared/http/contract.ts';
import { eventOf, insert, update, updated } from '../../shared/store/changes.ts';
import { changeById, readById } from '../../shared/store/records.ts';
import { leadContactUnknown } from '../errors.ts';
import { type Changed, refuseFuture } from '../fields.ts';
import { newOpportunity, writeOpportunity } from '../opportunities/opportunity-changes.ts';
import { pipelineById } from '../pipelines/pipeline.ts';
import { type Lead, leads, type StoredLead } from './lead.ts';
import { changedLead, disqualifiedLead, identifyContact, newLead, refuseClosedLead } from './lead-changes.ts';
import { leadRoutes } from './lead-routes.ts';

const written = (before: StoredLead, { after, events }: Changed<StoredLead>) => ({
  after,
  changes: [update(leads, before, after), ...events],
});

/** what the contact says and its customer does not have yet */
const fillCustomer = async (
  id: string,
  contact: NonNullable<Lead['contact']>,
  { now, store }: Pick<Ctx, 'now' | 'store'>,
) => {
  const [customer, settings] = await Promise.all([needCustomer(store, id), settingsOf(store)]);
  const { email: _, attributes = {}, ...given } = contactProfile(contact, settings);
  const named = customer.attributes ?? {};
  const missing = {
    ...Object.fromEntries(Object.entries(given).filter(([field]) => !(field in customer))),
    attributes: Object.fromEntries(Object.entries(attributes).filter(([name]) => !(name in named))),
  };
  const writing = { settings, source: 'lead', checks: 'values' } as const;
  return withoutInvalidFields(rest => changedCustomer(now, customer, rest, writing), missing).changes;
};

export const leadHandlers = handlers(leadRoutes, {
  createLead: async ({ body }, { now, store }) => {
    const { contact, openedAt = now } = body;
    refuseFuture(now, 'openedAt', openedAt);
    const named = body.customerId && (await needCustomer(store, body.customerId)).id;
    const customerId = named ?? (contact?.email && (await customerIdByEmail(store, contact.email))) ?? null;
    const fields = { ...body, customerId: customerId as Lead['customerId'] };
    const { after, events } = newLead(now, { ...fields, id: newId('lead', openedAt) });
    return store.commit([insert(leads, after), ...events, ...identifyContact(after)], after);
  },
  findLeads: ({ query: { status, customerId, ...paging } }, { store }) =>
    customerId
      ? store.belonging(leads, customerId, { ...paging, keep: lead => !status || lead.status === status })
      : store.list(leads, status ? 'status' : 'all', status ?? 'all', paging),
  readLead: readById(leads),
  changeLead: changeById(leads, (before, body, { now }) => written(before, changedLead(now, before, body))),
  qualifyLead: async ({ params: { id = '' }, body }, ctx) => {
    const { now, store } = ctx;
    const before = await store.need(leads, { id });
    refuseClosedLead(before);
    const { customerId, interest, value, ownerId, source, contact } = before;
    if (!customerId) throw leadContactUnknown(undefined, { retryAfter: 1 });
    const { after: opportunity, events } = newOpportunity(now, await pipelineById(store, body.pipelineId), {
      id: newId('opportunity', now),
      customerId,
      leadId: before.id,
      name: body.name ?? interest ?? contact?.name ?? 'Opportunity',
      amount: body.amount ?? value,
      closeOn: body.closeOn ?? null,
      ownerId,
      source,
    });
    const opportunityId = opportunity.id;
    const lead = updated(now, before, { status: 'qualified', opportunityId });
    const qualified = eventOf(leadQualified, lead, { opportunityId });
    const opened = [...writeOpportunity(undefined, opportunity), ...events];
    const filled = contact ? await fillCustomer(customerId, contact, ctx) : [];
    return store.commit([update(leads, before, lead), qualified, ...opened, ...filled], opportunity);
  },
  disqualifyLead: changeById(leads, (before, { reason }, { now }) =>
    written(before, disqualifiedLead(now, before, reason)),
  ),
});
