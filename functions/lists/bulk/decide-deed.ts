import { consents } from '../../consent/consent.ts';
import { recordConsent } from '../../consent/record-consent.ts';
import type { Writing } from '../../customers/attributes/writing.ts';
import type { StoredCustomer } from '../../customers/customer.ts';
import type { CustomerSettings } from '../../customers/settings.ts';
import type { Ctx } from '../../shared/http/context.ts';
import type { Json } from '../../shared/json.ts';
import { type List, lists, members, mustBeStatic } from '../list.ts';
import { leaving, newMember, putting } from '../membership.ts';
import type { Did } from './bulk-log.ts';
import { cleanedUp } from './cleaned-up.ts';
import type { Deed } from './deed.ts';
import type { Decide } from './done-to.ts';
import { owning } from './owning.ts';
import { revised } from './revised.ts';
import { tagging, untagging } from './tags.ts';

export type By = { ctx: Ctx; source: string; why: string; settings: CustomerSettings };

const adding =
  (list: List, { ctx, source }: By): Decide =>
  async ({ id: customerId }) => {
    if (await ctx.store.get(members, { customerId, listId: list.id })) return undefined;
    const member = newMember(ctx, list.id, customerId);
    return {
      changes: putting(list, member, source),
      told: [{ attribute: 'list', from: null, to: list.id }],
      did: { what: 'joined', listId: list.id, place: member.place },
    };
  };

const removing =
  (list: List, { ctx, source }: By): Decide =>
  async ({ id: customerId }) => {
    const member = await ctx.store.get(members, { customerId, listId: list.id });
    return (
      member && {
        changes: leaving(list, member, source),
        told: [{ attribute: 'list', from: list.id, to: null }],
        did: { what: 'left', member },
      }
    );
  };

const withdrawing =
  ({ channel, topic, status, source: said }: NonNullable<Deed['setConsent']>, { ctx, source, why }: By): Decide =>
  async ({ id: customerId }) => {
    const before = await ctx.store.get(consents, { customerId, channel, topic });
    if (before?.status === status) return undefined;
    const { request } = before ?? {};
    const proof = { bulk: source, why };
    const word = { customerId, channel, topic, status, source: said, proof, ...(request ? { request } : {}) };
    return {
      changes: recordConsent(ctx, before, word).changes,
      told: [{ attribute: `consent.${channel}.${topic}`, from: before?.status ?? null, to: status }],
      did: { what: 'consent' },
    };
  };

/** what somebody says of many customers: what staff say stands whatever was said before, as when they say it of one */
const saying = ({ ctx, source, settings }: By): Writing => ({
  settings,
  source,
  decides: settings.staffOverrides && ctx.actor.startsWith('user:'),
});

const retagging =
  (tagPatch: (customer: StoredCustomer) => Json, did: Did, { ctx, source, settings }: By): Decide =>
  async customer => {
    const writing: Writing = { settings, source, decides: true, checks: 'none' };
    return { ...revised(ctx.now, customer, tagPatch(customer), writing), did };
  };

const giving =
  (userId: string | null, { ctx, source }: By): Decide =>
  async customer => ({
    ...owning(customer, userId, { now: ctx.now, source }),
    did: { what: 'owner', was: customer.ownerId ?? null, became: userId },
  });

/** the list that customers are put on or taken off; it may be gone since the job began */
const listOf = async ({ ctx }: By, id: string) => {
  const list = await ctx.store.need(lists, { id });
  mustBeStatic(list);
  return list;
};

/** how one customer is dealt with, by what is to be done */
export const deciding = async (deed: Deed, by: By): Promise<Decide> => {
  const { set, tag, untag, addToList, removeFromList, setConsent, assignOwner, clean } = deed;
  if (set) return async customer => revised(by.ctx.now, customer, set, saying(by));
  if (clean) return async customer => cleanedUp(customer, clean, by);
  if (addToList) return adding(await listOf(by, addToList), by);
  if (removeFromList) return removing(await listOf(by, removeFromList), by);
  if (setConsent) return withdrawing(setConsent, by);
  if (assignOwner !== undefined) return giving(assignOwner, by);
  if (tag !== undefined) return retagging(customer => tagging(customer, tag), { what: 'tag', tag }, by);
  if (untag !== undefined) return retagging(customer => untagging(customer, untag), { what: 'untag', tag: untag }, by);
  throw new Error('there is nothing to be done');
};
