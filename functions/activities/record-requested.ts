import { customerById } from '../customers/reads.ts';
import { consume } from '../shared/events/consume.ts';
import { decided } from '../shared/store/decision.ts';
import { plusAtMost } from '../shared/time/duration.ts';
import { plannedActivity } from './activity.ts';
import { subscriptions } from './contract.ts';

export const reaction = consume('recordRequested', subscriptions.recordRequested, async (event, ctx) => {
  const { customerId, data, occurredAt } = event;
  const { assignedTo, dueIn, cause, step: _, ...fields } = data;
  const customer = await customerById(ctx.store, customerId ?? '');
  if (!customer) return; // erased
  const user = assignedTo === 'owner' ? customer.ownerId : assignedTo;
  const dueAt = dueIn && plusAtMost(occurredAt, dueIn);
  const { activity, changes } = plannedActivity(ctx, { ...fields, customerId: customer.id, assignedTo: user, dueAt });
  const reasons = [`requested by ${cause}`];
  const outcome = `created ${activity.id}`;
  const decision = decided(ctx.now, { customerId: customer.id, kind: 'activity', outcome, reasons, cause });
  await ctx.store.commit([...changes, decision]);
});
