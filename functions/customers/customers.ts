import { ApiError, invalid, isProblem } from '../shared/http/api-error.ts';
import { type Handler, handlers, Reply } from '../shared/http/contract.ts';
import { listedDecisions } from '../shared/store/decision.ts';
import { bothOf, ofTypes } from '../shared/store/filters.ts';
import { VersionConflict } from '../shared/store/transaction.ts';
import { activeCustomer } from './active-customer.ts';
import { isPublicRecord } from './attributes/standing.ts';
import { writingOf } from './attributes/writing.ts';
import { adopt, claimedRecords, yieldedTo } from './claimed-records.ts';
import { customers } from './customer.ts';
import { customerRoutes } from './customer-routes.ts';
import { emailTaken, externalIdTaken } from './errors.ts';
import { mayReadEvent, readableEvents } from './event-areas.ts';
import { changedCustomer, newCustomerFrom } from './profile.ts';
import { customerForPurpose, purposeFor } from './purpose.ts';
import {
  hiddenBy,
  hiddenFrom,
  hiddenInReasons,
  pickFields,
  redact,
  redactReason,
  rejectHiddenPatch,
  requestedFields,
  toReply,
} from './redact.ts';
import { withoutRevealing } from './revealing.ts';
import { settingsOf } from './settings.ts';
import { shownEvent } from './shown-event.ts';

/** another request has just created the customer that the upsert looked for */
const retryAsUpdate = (error: unknown): never => {
  throw error instanceof ApiError && error.kind === 'conflict'
    ? new VersionConflict('created by another request', { cause: error })
    : error;
};

/** The holder of the external id, else of the e-mail address, is updated; without one a customer is created. */
const upsertCustomer: Handler<typeof customerRoutes.upsertCustomer> = async ({ body }, ctx) => {
  const { now, store } = ctx;
  const { provenance, ...profile } = body;
  const { externalId, email } = profile;
  if (!externalId && !email) throw invalid([{ path: 'externalId', message: 'an upsert needs externalId or email' }]);
  const [[byExternalId, byEmail], settings] = await Promise.all([
    store.holders([
      { entity: customers, unique: 'externalId', value: externalId ?? '' },
      { entity: customers, unique: 'email', value: email ?? '' },
    ]),
    settingsOf(store),
  ]);
  const writing = writingOf(ctx, provenance, settings);
  const id = byExternalId ?? byEmail;
  if (!id) {
    const write = newCustomerFrom(now, profile, writing);
    return store.commit(write.changes, new Reply(201, toReply(write, settings, ctx))).catch(retryAsUpdate);
  }
  rejectHiddenPatch(hiddenBy(settings, ctx), profile);
  const before = await activeCustomer(store, id);
  const write = isPublicRecord(before)
    ? adopt(now, before, profile, writing)
    : changedCustomer(now, before, profile, writing);
  const yielded = await yieldedTo(before, write.customer, ctx);
  return store.commit([...write.changes, ...yielded], toReply(write, settings, ctx));
};

export const customerHandlers = handlers(customerRoutes, {
  createCustomer: async ({ body: { provenance, ...profile } }, ctx) => {
    const settings = await settingsOf(ctx.store);
    const writing = writingOf(ctx, provenance, settings);
    const write = newCustomerFrom(ctx.now, profile, writing);
    try {
      return await ctx.store.commit(write.changes, toReply(write, settings, ctx));
    } catch (error) {
      if (!isProblem(error, emailTaken, externalIdTaken)) throw error;
      const [claimed] = await claimedRecords(profile, ctx.store);
      if (!claimed) throw error;
      const adopted = adopt(ctx.now, claimed, profile, writing);
      const yielded = await yieldedTo(claimed, adopted.customer, ctx);
      return ctx.store.commit([...adopted.changes, ...yielded], toReply(adopted, settings, ctx));
    }
  },

  upsertCustomer,

  readCustomer: async ({ params: { id = '' }, query: { fields, purpose: name } }, ctx) => {
    const requested = fields === undefined ? undefined : requestedFields(fields);
    const [customer, hidden, purpose] = await Promise.all([
      activeCustomer(ctx.store, id),
      hiddenFrom(ctx),
      purposeFor(name, ctx),
    ]);
    return pickFields(customerForPurpose(purpose, redact(customer, hidden)), requested);
  },

  changeCustomer: async ({ params: { id = '' }, body: { provenance, ...patch } }, ctx) => {
    const [before, settings] = await Promise.all([activeCustomer(ctx.store, id), settingsOf(ctx.store)]);
    rejectHiddenPatch(hiddenBy(settings, ctx), patch);
    const write = changedCustomer(ctx.now, before, patch, writingOf(ctx, provenance, settings));
    const yielded = await yieldedTo(before, write.customer, ctx);
    return ctx.store.commit([...write.changes, ...yielded], toReply(write, settings, ctx));
  },

  readTimeline: async ({ params: { id = '' }, query }, ctx) => {
    const { type, from = '', to = ':', ...paging } = query; // ':' sorts after every year
    const [hidden] = await Promise.all([hiddenFrom(ctx), activeCustomer(ctx.store, id)]);
    const within = { from: `@${from}`, to: `@${to}` };
    const types = type?.filter(one => mayReadEvent(ctx, { type: one }));
    if (types && !types.length) return { items: [], nextCursor: null };
    const filter = bothOf(types && ofTypes(types), readableEvents(ctx));
    const range = { ...paging, within, ...(filter ? { filter } : {}) };
    const { items, nextCursor } = await ctx.store.range(['customer', id], range);
    const shown = items.map(item => shownEvent(ctx, item, hidden));
    return { items: await withoutRevealing(shown, ctx), nextCursor };
  },

  listDecisions: async ({ params: { id = '' }, query }, ctx) => {
    const [hidden] = await Promise.all([hiddenFrom(ctx), activeCustomer(ctx.store, id)]);
    const { items, nextCursor } = await listedDecisions(ctx.store, id, query);
    const secret = hiddenInReasons(hidden, ctx);
    return {
      items: items.map(one => ({ ...one, reasons: one.reasons.map(reason => redactReason(reason, secret)) })),
      nextCursor,
    };
  },
});
