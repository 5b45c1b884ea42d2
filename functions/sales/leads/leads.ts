import { newId } from '../../../events/ids.ts';
import { leadQualified, leadResponded } from '../../../events/lead.ts';
import { contactProfile } from '../../customers/contact-profile.ts';
import { changedCustomer, withoutInvalidFields } from '../../customers/profile.ts';
import { customerIdByEmail, needCustomer } from '../../customers/reads.ts';
import { settingsOf } from '../../customers/settings.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { handlers, Reply } from '../../shared/http/contract.ts';
import { mergePatch } from '../../shared/json.ts';
import { type Change, eventOf, updated } from '../../shared/store/changes.ts';
import { listedDecisions } from '../../shared/store/decision.ts';
import { asItIs, decidedUnder, lockOn, written } from '../../shared/store/lock.ts';
import { changeById, readById } from '../../shared/store/records.ts';
import type { Store } from '../../shared/store/store.ts';
import { leadContactUnknown } from '../errors.ts';
import { type Changed, refuseFuture } from '../fields.ts';
import { newOpportunity, writeOpportunity } from '../opportunities/opportunity-changes.ts';
import { pipelineById } from '../pipelines/pipeline.ts';
import { type Lead, leads, type StoredLead } from './lead.ts';
import {
  changedLead,
  disqualifiedLead,
  identifyContact,
  newLead,
  refuseClosedLead,
  writeLead,
} from './lead-changes.ts';
import { leadRoutes } from './lead-routes.ts';

const changed = (before: StoredLead, { after, events }: Changed<StoredLead>) => ({
  after,
  changes: [...writeLead(before, after), ...events],
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

type Verdict = { open?: StoredLead; closing: Change[] };

/** the open lead of the same person; two requests at a time are decided one after the other */
const openLeadOf = async (lead: StoredLead, store: Store): Promise<Verdict> => {
  const { customerId, contact, externalId } = lead;
  // another system tells its leads apart
  if (externalId) return { closing: [] };
  const email = contact?.email;
  const held = await Promise.all([customerId, email].flatMap(one => (one ? [lockOn(store, `lead of ${one}`)] : [])));
  const shown = customerId ? (await store.belonging(leads, customerId, { limit: 25 })).items : [];
  const isSame = (one: StoredLead) =>
    one.status === 'new' &&
    one.id !== lead.id &&
    (one.customerId ? one.customerId === customerId : one.contact?.email === email);
  const open = (await asItIs(store, leads, shown, held)).find(isSame);
  if (open) return { open, closing: [] };
  return { closing: held.map(lock => decidedUnder(lock, [written(leads, { id: lead.id })])) };
};

const responded = (now: string, before: StoredLead) => {
  refuseClosedLead(before);
  if (before.respondedAt) return { after: before, changes: [] };
  const after = updated(now, before, { respondedAt: now });
  return { after, changes: [...writeLead(before, after), eventOf(leadResponded, after)] };
};

export const leadHandlers = handlers(leadRoutes, {
  createLead: async ({ body }, { now, store }) => {
    const { contact, openedAt = now } = body;
    refuseFuture(now, 'openedAt', openedAt);
    const named = body.customerId && (await needCustomer(store, body.customerId)).id;
    const customerId = named ?? (contact?.email && (await customerIdByEmail(store, contact.email))) ?? null;
    const fields = { ...body, customerId: customerId as Lead['customerId'] };
    const { after, events } = newLead(now, { ...fields, id: newId('lead', openedAt) });
    const { open, closing } = await openLeadOf(after, store);
    if (open) return new Reply(200, open);
    return store.commit([...writeLead(undefined, after), ...events, ...identifyContact(after), ...closing], after);
  },
  findLeads: ({ query: { status, customerId, ...paging } }, { store }) =>
    customerId
      ? store.belonging(leads, customerId, { ...paging, keep: lead => !status || lead.status === status })
      : store.list(leads, status ? 'status' : 'all', status ?? 'all', paging),
  readLead: readById(leads),
  changeLead: changeById(leads, (before, { attributes, ...body }, { now }) => {
    const merged = attributes && { attributes: mergePatch(before.attributes, attributes) as Lead['attributes'] };
    return changed(before, changedLead(now, before, { ...body, ...merged }));
  }),
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
    const lead = updated(now, before, { status: 'qualified', opportunityId, waiting: null });
    const qualified = eventOf(leadQualified, lead, { opportunityId });
    const opened = [...writeOpportunity(undefined, opportunity), ...events];
    const filled = contact ? await fillCustomer(customerId, contact, ctx) : [];
    return store.commit([...writeLead(before, lead), qualified, ...opened, ...filled], opportunity);
  },
  disqualifyLead: changeById(leads, (before, { reason }, { now }) =>
    changed(before, disqualifiedLead(now, before, reason)),
  ),
  respondToLead: changeById(leads, (before, _, { now }) => responded(now, before)),
  listLeadDecisions: async ({ params: { id = '' }, query }, { store }) => {
    const { customerId, createdAt } = await store.need(leads, { id });
    if (!customerId) return { items: [], nextCursor: null };
    return listedDecisions(store, customerId, query, { cause: id, since: createdAt });
  },
});
