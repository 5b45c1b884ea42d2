import { ApiError, invalid, isProblem } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { type Handler, handlers, Reply } from '../shared/http/contract.ts';
import type { Json } from '../shared/json.ts';
import { insert } from '../shared/store/changes.ts';
import { listedDecisions } from '../shared/store/decision.ts';
import { bothOf, ofTypes } from '../shared/store/filters.ts';
import type { Store } from '../shared/store/store.ts';
import { VersionConflict } from '../shared/store/transaction.ts';
import { activeCustomer } from './active-customer.ts';
import { valuesOf } from './attributes/paths.ts';
import { identifying, isPublicRecord } from './attributes/standing.ts';
import { type Writing, writingOf } from './attributes/writing.ts';
import { customers, type Profile, type StoredCustomer } from './customer.ts';
import { customerRoutes } from './customer-routes.ts';
import { emailTaken, externalIdTaken } from './errors.ts';
import { mayReadEvent, readableEvents } from './event-areas.ts';
import { identities } from './identity.ts';
import { changedCustomer, newCustomerFrom } from './profile.ts';
import { customerForPurpose, purposeFor } from './purpose.ts';
import {
  hiddenBy,
  hiddenFrom,
  pickFields,
  redact,
  redactReason,
  rejectHiddenPaths,
  requestedFields,
  toReply,
} from './redact.ts';
import { type CustomerSettings, settingsOf } from './settings.ts';
import { shownEvent } from './shown-event.ts';

/** another request has just created the customer that the upsert looked for */
const retryAsUpdate = (error: unknown): never => {
  throw error instanceof ApiError && error.kind === 'conflict'
    ? new VersionConflict('created by another request', { cause: error })
    : error;
};

/** only who may read a confidential value may overwrite it */
const mustBeWritable = (patch: object, settings: CustomerSettings, ctx: Ctx) => {
  const removed = Object.entries(patch).flatMap(([name, value]) => (value === null ? [name] : []));
  rejectHiddenPaths(hiddenBy(settings, ctx), [...valuesOf(patch as Json).keys(), ...removed]);
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
  mustBeWritable(profile, settings, ctx);
  const write = changedCustomer(now, await activeCustomer(store, id), profile, writing);
  return store.commit(write.changes, toReply(write, settings, ctx));
};

/** a record with this address or id that only public keys have named: it blocks nothing, and becomes the caller's */
const claimedRecord = async ({ email, externalId }: Profile, store: Store) => {
  const [byEmail, byExternalId] = await store.holders([
    { entity: customers, unique: 'email', value: email ?? '' },
    { entity: customers, unique: 'externalId', value: externalId ?? '' },
  ]);
  const ids = new Set([byEmail, byExternalId].filter(id => id !== undefined));
  const [found] =
    ids.size === 1
      ? await store.getAll(
          customers,
          [...ids].map(id => ({ id })),
        )
      : [];
  return found && isPublicRecord(found) ? found : undefined;
};

/** What identified it is the caller's word alone; the tracker's user id stays linked as a claim. */
const adopt = (before: StoredCustomer, profile: Profile, writing: Writing, now: string) => {
  const dropped = [...identifying].filter(name => name in before && !(name in profile));
  const patch = { ...Object.fromEntries(dropped.map(name => [name, null])), ...profile };
  const write = changedCustomer(now, before, patch, { ...writing, decides: true });
  const { id, externalId: value } = before;
  const link = value && write.customer.externalId !== value;
  const claim = link ? [insert(identities, { id, type: 'externalId', value, since: now, claimed: true })] : [];
  return { ...write, changes: [...write.changes, ...claim] };
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
      const claimed = await claimedRecord(profile, ctx.store);
      if (!claimed) throw error;
      const adopted = adopt(claimed, profile, writing, ctx.now);
      return ctx.store.commit(adopted.changes, toReply(adopted, settings, ctx));
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
    mustBeWritable(patch, settings, ctx);
    const write = changedCustomer(ctx.now, before, patch, writingOf(ctx, provenance, settings));
    return ctx.store.commit(write.changes, toReply(write, settings, ctx));
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
    return { items: items.map(item => shownEvent(ctx, item, hidden)), nextCursor };
  },

  listDecisions: async ({ params: { id = '' }, query }, ctx) => {
    const [hidden] = await Promise.all([hiddenFrom(ctx), activeCustomer(ctx.store, id)]);
    const { items, nextCursor } = await listedDecisions(ctx.store, id, query);
    return {
      items: items.map(one => ({ ...one, reasons: one.reasons.map(reason => redactReason(reason, hidden)) })),
      nextCursor,
    };
  },
});
