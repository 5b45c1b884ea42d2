import { consents } from '../../consent/consent.ts';
import { recordConsent } from '../../consent/record-consent.ts';
import type { Writing } from '../../customers/attributes/writing.ts';
import type { StoredCustomer } from '../../customers/customer.ts';
import type { CustomerSettings } from '../../customers/settings.ts';
import { patched } from '../../customers/undo-profile.ts';
import type { Ctx } from '../../shared/http/context.ts';
import type { Json } from '../../shared/json.ts';
import { type List, lists, members, mustBeStatic } from '../list.ts';
import { memberAdded, memberRemoved, newMember } from '../membership.ts';
import type { Action } from './action.ts';
import type { Done } from './bulk-log.ts';
import { cleanedCustomer, ownerChanged, type Result, tagPatch, untagPatch } from './customer-changes.ts';

/** Plans what is done to a customer; an `ApiError` is about the customer, not the job. */
export type Plan = (customer: StoredCustomer) => Promise<Result | undefined>;

export type By = { ctx: Ctx; source: string; why: string; settings: CustomerSettings };

const addTo =
  (list: List, { ctx, source }: By): Plan =>
  async ({ id: customerId }) => {
    if (await ctx.store.get(members, { customerId, listId: list.id })) return undefined;
    const member = newMember(ctx, list.id, customerId);
    return {
      changes: memberAdded(list, member, source),
      values: [{ attribute: 'list', from: null, to: list.id }],
      done: { what: 'added', listId: list.id, place: member.place },
    };
  };

const removeFrom =
  (list: List, { ctx, source }: By): Plan =>
  async ({ id: customerId }) => {
    const member = await ctx.store.get(members, { customerId, listId: list.id });
    return (
      member && {
        changes: memberRemoved(list, member, source),
        values: [{ attribute: 'list', from: list.id, to: null }],
        done: { what: 'removed', member },
      }
    );
  };

const withdraw =
  ({ channel, topic, status, source: from }: NonNullable<Action['setConsent']>, { ctx, source, why }: By): Plan =>
  async ({ id: customerId }) => {
    const before = await ctx.store.get(consents, { customerId, channel, topic });
    if (before?.status === status) return undefined;
    const { request } = before ?? {};
    const proof = { bulk: source, why };
    const consent = { customerId, channel, topic, status, source: from, proof, ...(request ? { request } : {}) };
    return {
      changes: recordConsent(ctx, before, consent).changes,
      values: [{ attribute: `consent.${channel}.${topic}`, from: before?.status ?? null, to: status }],
      done: { what: 'consent' },
    };
  };

/** what staff write to many customers counts as what they write to one */
const writingOf = ({ ctx, source, settings }: By): Writing => ({
  settings,
  source,
  decides: settings.staffOverrides && ctx.actor.startsWith('user:'),
});

const retag =
  (
    patch: (customer: StoredCustomer, tag: string) => Json,
    done: Extract<Done, { tag: string }>,
    { ctx, source, settings }: By,
  ): Plan =>
  async customer => {
    const writing: Writing = { settings, source, decides: true, checks: 'none' };
    return { ...patched(ctx.now, customer, patch(customer, done.tag), writing), done };
  };

const listOf = async ({ ctx }: By, id: string) => {
  const list = await ctx.store.need(lists, { id });
  mustBeStatic(list);
  return list;
};

export const planOf = async (action: Action, by: By): Promise<Plan> => {
  const { set, tag, untag, addToList, removeFromList, setConsent, assignOwner, clean } = action;
  const { now } = by.ctx;
  if (set) return async customer => patched(now, customer, set, writingOf(by));
  if (clean) return async customer => cleanedCustomer(customer, clean, { ...by, now });
  if (addToList) return addTo(await listOf(by, addToList), by);
  if (removeFromList) return removeFrom(await listOf(by, removeFromList), by);
  if (setConsent) return withdraw(setConsent, by);
  if (assignOwner !== undefined) return async customer => ownerChanged(customer, assignOwner, { ...by, now });
  if (tag !== undefined) return retag(tagPatch, { what: 'tag', tag }, by);
  if (untag !== undefined) return retag(untagPatch, { what: 'untag', tag: untag }, by);
  throw new Error('the action is empty');
};
