import { profiles } from '../assignment/agent.ts';
import { staff } from '../organisation/staff-member.ts';
import { consume } from '../shared/events/consume.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { allPages, everyRecord } from '../shared/store/record-page.ts';
import { retryOnConflict } from '../shared/store/retry-on-conflict.ts';
import { subscriptions } from './contract.ts';
import { assignmentRules } from './leads/assignment-rule.ts';
import { leads, type StoredLead } from './leads/lead.ts';
import { routeLead } from './leads/lead-assignment.ts';
import { waitingLeads } from './leads/waiting-lead.ts';

const again = (id: string, isStill: (lead: StoredLead) => boolean, without: string | null, ctx: Ctx) =>
  retryOnConflict(async () => {
    const before = await ctx.store.get(leads, { id });
    if (before?.status === 'new' && isStill(before)) await routeLead(before, { how: 'returned', without }, ctx);
  });

const isGone = async (id: string, { store }: Ctx) => {
  const [profile, member] = await Promise.all([store.get(profiles, { id }), store.get(staff, { id })]);
  return !member || profile?.status === 'away';
};

/**
 * Who goes away or leaves gives back the leads that rules gave and that still wait for a response; what waits under a rule that
 * was deleted is routed by the others.
 */
const returnLeads: Reaction<typeof subscriptions.returnLeads> = async (event, ctx) => {
  const { store } = ctx;
  const id = event.about;
  if (event.type === 'assignment-rule.changed') {
    if (await store.get(assignmentRules, { id })) return;
    for await (const { leadId } of everyRecord(store, waitingLeads, ['waiting-lead', id])) {
      await again(leadId, ({ waiting }) => waiting?.ruleId === id, null, ctx);
    }
    return;
  }
  if (!(await isGone(id, ctx))) return;
  const isDue = ({ ownerId, respondBy, respondedAt }: StoredLead) => ownerId === id && !!respondBy && !respondedAt;
  const held = await allPages(cursor => store.list(leads, 'owner', id, { limit: 100, cursor, keep: isDue }));
  for (const lead of held) await again(lead.id, isDue, id, ctx);
};

export const reaction = consume('returnLeads', subscriptions.returnLeads, returnLeads, { once: false });
