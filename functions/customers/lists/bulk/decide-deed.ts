import type * as z from 'zod';
import { consentChanged } from '../../../../events/customer.ts';
import { insert, say, update } from '../../../shared/changes.ts';
import type { Ctx } from '../../../shared/context.ts';
import { cleaned, fixCounts } from '../../clean/cleaned.ts';
import type { FixId } from '../../clean/fixes.ts';
import { type Consent, consents } from '../../customer.ts';
import { profileOf } from '../../profile.ts';
import { type List, lists, members, mustBeStatic } from '../list.ts';
import { leaving, newMember, putting } from '../membership.ts';
import type { Deed } from './deed.ts';
import type { Decide } from './done-to.ts';
import { revised } from './revised.ts';
import { tagging, untagging } from './tags.ts';

type By = { ctx: Ctx; source: string; why: string };

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
    const data = { channel, topic, status, source: said, proof: { bulk: source, why } };
    const after: z.output<typeof Consent> = { ...data, customerId, at: ctx.now, version: (before?.version ?? 0) + 1 };
    return {
      changes: [
        before ? update(consents, before, after) : insert(consents, after),
        say(consentChanged, { customerId, about: customerId, data }),
      ],
      told: [{ attribute: `consent.${channel}.${topic}`, from: before?.status ?? null, to: status }],
      did: { what: 'consent' },
    };
  };

const cleaning =
  (fixes: readonly FixId[], how: { now: string; source: string }): Decide =>
  async customer => {
    const { patch, changes } = cleaned(profileOf(customer), fixes, how.now);
    const done = changes.length ? revised(customer, patch, how) : undefined;
    return done && { ...done, fixes: fixCounts(changes) };
  };

/** the list that customers are put on or taken off; it may be gone since the job began */
const listOf = async ({ ctx }: By, id: string) => {
  const list = await ctx.store.need(lists, { id });
  mustBeStatic(list);
  return list;
};

/** how one customer is dealt with, by what is to be done */
export const deciding = async (deed: Deed, by: By): Promise<Decide> => {
  const { set, tag, untag, addToList, removeFromList, setConsent, clean } = deed;
  const how = { now: by.ctx.now, source: by.source };
  if (set) return async customer => revised(customer, set, how);
  if (addToList) return adding(await listOf(by, addToList), by);
  if (removeFromList) return removing(await listOf(by, removeFromList), by);
  if (clean) return cleaning(clean, how);
  if (setConsent) return withdrawing(setConsent, by);
  if (tag !== undefined) {
    return async customer => {
      const done = revised(customer, tagging(customer, tag), how);
      return done && { ...done, did: { what: 'tag', tag } };
    };
  }
  if (untag === undefined) throw new Error('there is nothing to be done');
  return async customer => {
    const done = revised(customer, untagging(customer, untag), how);
    return done && { ...done, did: { what: 'untag', tag: untag } };
  };
};
