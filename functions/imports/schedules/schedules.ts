import { newId } from '../../../events/ids.ts';
import { importScheduleChanged, importScheduleCreated, importScheduleRemoved } from '../../../events/import.ts';
import { filesOf } from '../../shared/aws/files.ts';
import { handlers } from '../../shared/http/contract.ts';
import { parse } from '../../shared/http/parse.ts';
import { created, eventOf, insert, remove, update, updated } from '../../shared/store/changes.ts';
import { fieldsOf, readById } from '../../shared/store/records.ts';
import { checkImport, rejectHiddenMapping } from '../rows/row-schemas.ts';
import { firstTime, inboxPath, nextTime, ScheduleFields, type StoredSchedule, schedules } from './schedule.ts';
import { scheduleRoutes } from './schedule-routes.ts';
import { dueAt, runNow } from './schedule-run.ts';

/** other times are counted from now; else they stay, and what was missed while paused is not made up for */
const timesOf = (now: string, before: StoredSchedule, fields: ScheduleFields) => {
  const same = (['every', 'at', 'timeZone'] as const).every(name => fields[name] === before[name]);
  const firstRunAt = same ? before.firstRunAt : firstTime(now, fields);
  return { firstRunAt, nextRunAt: fields.state === 'active' ? nextTime(now, firstRunAt, fields) : null };
};

const sourceOf = ({ import: { source } }: ScheduleFields) => ({ source });

export const scheduleHandlers = handlers(scheduleRoutes, {
  createImportSchedule: async ({ body }, ctx) => {
    const { tenant, now, actor, store } = ctx;
    checkImport(body.import, ctx, 'import.');
    await rejectHiddenMapping(body.import, ctx);
    const id = newId('importSchedule', now);
    const firstRunAt = firstTime(now, body);
    const nextRunAt = body.state === 'active' ? firstRunAt : null;
    const schedule: StoredSchedule = created(now, { ...body, id, by: actor, firstRunAt, nextRunAt, lastRun: null });
    const uploadUrl = await filesOf(tenant).uploadUrl(inboxPath(id));
    const event = eventOf(importScheduleCreated, schedule, sourceOf(schedule));
    return store.commit([insert(schedules, schedule), event, ...dueAt(schedule)], { ...schedule, uploadUrl });
  },

  listImportSchedules: ({ query }, { store }) => store.list(schedules, 'all', 'all', query),

  readImportSchedule: readById(schedules),

  changeImportSchedule: async ({ params: { id = '' }, body }, ctx) => {
    const { now, store } = ctx;
    const before = await store.need(schedules, { id });
    const { at, ...unchanged } = { ...fieldsOf(ScheduleFields, before), ...body };
    const fields = parse(ScheduleFields, { ...unchanged, ...(at ? { at } : {}) });
    checkImport(fields.import, ctx, 'import.');
    await rejectHiddenMapping(fields.import, ctx);
    const { at: _, ...others } = before;
    const after: StoredSchedule = { ...updated(now, others, {}), ...fields, ...timesOf(now, before, fields) };
    const event = eventOf(importScheduleChanged, after, sourceOf(after));
    const timer = after.nextRunAt === before.nextRunAt ? [] : dueAt(after);
    return store.commit([update(schedules, before, after), event, ...timer], after);
  },

  removeImportSchedule: async ({ params: { id = '' } }, { tenant, store }) => {
    const before = await store.need(schedules, { id });
    const event = eventOf(importScheduleRemoved, before, sourceOf(before));
    const reply = await store.commit([remove(schedules, before), event], before);
    await filesOf(tenant).remove(inboxPath(id));
    return reply;
  },

  uploadForSchedule: async ({ params: { id = '' } }, { tenant, store }) => {
    await store.need(schedules, { id });
    return { uploadUrl: await filesOf(tenant).uploadUrl(inboxPath(id)) };
  },

  runImportSchedule: async ({ params: { id = '' } }, ctx) => {
    const { after, changes } = await runNow(await ctx.store.need(schedules, { id }), ctx);
    return ctx.store.commit(changes, after);
  },
});
