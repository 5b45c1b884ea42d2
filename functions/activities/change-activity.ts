import { activityChanged } from '../../events/activity.ts';
import type { Handler } from '../shared/http/contract.ts';
import { differences } from '../shared/json.ts';
import { patched } from '../shared/patched.ts';
import { emit, update, updated } from '../shared/store/changes.ts';
import { type Activity, ActivityFields, activities, mustFitKind, told } from './activity.ts';
import type { activityRoutes } from './activity-routes.ts';
import { mayChange } from './may-change.ts';
import { dueTimer } from './new-activity.ts';

export const changeActivity: Handler<typeof activityRoutes.changeActivity> = async (
  { params: { id = '' }, body },
  ctx,
) => {
  const before = await mayChange(ctx, id);
  const fields = patched(ActivityFields, before, body);
  mustFitKind(before.kind, fields);
  const { customerId, kind, state, closedAt, by, version, createdAt, updatedAt } = before;
  const kept = { id: before.id, customerId, kind, by, version, createdAt, updatedAt };
  const task = { ...(state ? { state } : {}), ...(closedAt ? { closedAt } : {}) };
  const after: Activity = updated(ctx.now, { ...kept, ...task, ...fields }, {});
  const changes = differences(patched(ActivityFields, before, {}), fields);
  if (!changes.length) return before;
  const due = after.dueAt === before.dueAt ? [] : dueTimer(after);
  const said = emit(activityChanged, { customerId, about: id, data: { ...told(after), changes } });
  return ctx.store.commit([update(activities, before, after), said, ...due], after);
};
