import { newId } from '../../events/ids.ts';
import { segmentChanged, segmentCreated, segmentRemoved } from '../../events/segment.ts';
import { checkCondition } from '../customer-facts/check-condition.ts';
import { membershipParts, memberships } from '../customer-facts/membership.ts';
import { filterByCondition } from '../customer-facts/reads.ts';
import { namedBy, useChanges } from '../customer-facts/uses.ts';
import { activeCustomer } from '../customers/active-customer.ts';
import { customers } from '../customers/customer.ts';
import { rejectRevealing, tellableSegments } from '../customers/revealing.ts';
import { invalid } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { handlers } from '../shared/http/contract.ts';
import { jobs } from '../shared/jobs/job.ts';
import { isSameJson } from '../shared/json.ts';
import { type Change, created, eventOf, insert, remove, update } from '../shared/store/changes.ts';
import { recordPage } from '../shared/store/record-page.ts';
import { replaced } from '../shared/store/records.ts';
import { dayOf } from '../shared/time/duration.ts';
import { startBuild, startClearing } from './build-work.ts';
import { isBuilt } from './built.ts';
import { checkParts, mustBeUnused, mustHaveRoom, resolvePicks } from './check-segment.ts';
import { segmentIsClass } from './errors.ts';
import { filingOf, schemeOf, schemes } from './scheme.ts';
import { type Segment, SegmentFields, segments } from './segment.ts';
import { segmentRoutes } from './segment-routes.ts';
import { segmentations } from './segmentation.ts';
import { dayParts, measureAfter, segmentDays, sizeOf } from './size.ts';

/** members that lists count of each, and customers that an estimate looks at, as long as a request may take */
const most = { counted: 5000, looked: 2000, page: 100 };
const leastTime = 10_000;

/** the states of jobs that build */
export const statesOf = async (ids: (string | undefined)[], { store }: Ctx) => {
  const found = await store.getByIds(jobs, [...new Set(ids.flatMap(id => id ?? []))]);
  const building = new Set(found.filter(job => !isBuilt(job)).map(({ id }) => id));
  return (id: string | undefined) => (id && building.has(id) ? 'building' : 'ready') as 'building' | 'ready';
};

/** segments with state and size; each counted up to `counted` */
const shown = async (found: Segment[], ctx: Ctx, counted = Number.POSITIVE_INFINITY) => {
  const wholes = await ctx.store.getByIds(
    segmentations,
    found.flatMap(({ segmentationId }) => segmentationId ?? []),
  );
  const jobOf = new Map<string, string>(wholes.map(({ id, job }) => [id, job]));
  const jobIn = ({ job, segmentationId }: Segment) => job ?? (segmentationId && jobOf.get(segmentationId));
  const [stateOf, sizes] = await Promise.all([
    statesOf(found.map(jobIn), ctx),
    Promise.all(found.map(({ id }) => sizeOf(ctx.store, id, counted))),
  ]);
  return found.map((segment, nth) => {
    const [size, state] = [sizes[nth] ?? 0, stateOf(jobIn(segment))];
    return { ...segment, state, size, sizeIsExact: state === 'ready' && size < counted };
  });
};

const one = async (segment: Segment, ctx: Ctx) => (await shown([segment], ctx))[0]!;

const userOf = ({ id, name, condition }: Segment) => ({ id, name, uses: namedBy([condition]) });

/** all that goes with a segment that is saved */
const filed = (before: Segment | undefined, after: Segment | undefined): Change[] => [
  ...schemes.changes(before && filingOf(schemeOf(before)), after && filingOf(schemeOf(after))),
  ...useChanges(before && userOf(before), after && userOf(after)),
];

const ownSegment = async (id: string, { store }: Ctx): Promise<Segment & { condition: SegmentFields['condition'] }> => {
  const { condition, ...segment } = await store.need(segments, { id });
  if (!condition || segment.segmentationId) throw segmentIsClass();
  return { ...segment, condition };
};

/** who is in one of two lists only */
const difference = (a: string[], b: string[]) => [
  ...a.filter(id => !b.includes(id)),
  ...b.filter(id => !a.includes(id)),
];

/** What finds the members of a changed segment: nothing, or a job over those that were picked, or over all customers. */
const rebuilding = async (before: Segment, after: Segment, ctx: Ctx) => {
  const isSame = isSameJson(before.condition, after.condition);
  const picked = [
    ...new Set([...difference(before.include, after.include), ...difference(before.exclude, after.exclude)]),
  ];
  if (isSame && !picked.length) return { job: before.job, changes: [] };
  const ready = (await statesOf([before.job], ctx))(before.job) === 'ready';
  const { job, changes } = startBuild(ctx, {
    schemes: [after.id],
    ...(isSame && ready ? { customers: picked } : {}),
  });
  return { job: job.id, changes };
};

/** how many of the latest customers meet a condition */
const sampled = async (condition: SegmentFields['condition'], ctx: Ctx) => {
  let [looked, size] = [0, 0];
  let cursor: string | null | undefined;
  do {
    const page = await ctx.store.list(customers, 'all', 'all', { limit: most.page, cursor: cursor ?? undefined });
    looked += page.items.length;
    size += (await filterByCondition(page.items, condition, ctx)).length;
    cursor = page.nextCursor;
  } while (cursor && looked < most.looked && ctx.timeLeft() > leastTime);
  return { looked, size, exact: !cursor };
};

export const segmentHandlers = handlers(segmentRoutes, {
  createSegment: async ({ body }, ctx) => {
    const { now, store } = ctx;
    await mustHaveRoom(store, 1);
    await checkParts([{ condition: body.condition, path: 'condition' }], undefined, ctx);
    const id = newId('segment', now);
    const { job, changes } = startBuild(ctx, { schemes: [id] });
    const segment: Segment = created(now, { ...body, ...(await resolvePicks(body, ctx)), id, job: job.id });
    return store.commit(
      [
        insert(segments, segment),
        ...filed(undefined, segment),
        ...changes,
        measureAfter(now, id),
        eventOf(segmentCreated, segment),
      ],
      { ...segment, state: 'building' as const, size: 0, sizeIsExact: false },
    );
  },

  listSegments: async ({ query }, ctx) => {
    const { items, nextCursor } = await ctx.store.list(segments, 'all', 'all', query);
    return { items: await shown(items, ctx, most.counted), nextCursor };
  },

  readSegment: async ({ params: { id = '' } }, ctx) => one(await ctx.store.need(segments, { id }), ctx),

  changeSegment: async ({ params: { id = '' }, body }, ctx) => {
    const before = await ownSegment(id, ctx);
    const patched = replaced(ctx.now, SegmentFields, before, body);
    if (!patched) return one(before, ctx);
    const order = body.condition
      ? await checkParts([{ condition: patched.condition, path: 'condition' }], id, ctx)
      : [];
    const picks = body.include || body.exclude ? await resolvePicks(patched, ctx) : {};
    const { job, changes } = await rebuilding(before, { ...patched, ...picks }, ctx);
    const after: Segment = { ...patched, ...picks, job };
    await ctx.store.commit([
      update(segments, before, after),
      ...filed(before, after),
      ...order,
      ...changes,
      eventOf(segmentChanged, after),
    ]);
    return one(after, ctx);
  },

  removeSegment: async ({ params: { id = '' } }, ctx) => {
    const before = await ownSegment(id, ctx);
    await mustBeUnused(ctx.store, [id]);
    const reply = await one(before, ctx);
    return ctx.store.commit(
      [
        remove(segments, before),
        ...filed(before, undefined),
        ...startClearing(ctx, [id]),
        eventOf(segmentRemoved, before),
      ],
      reply,
    );
  },

  listSegmentMembers: async ({ params: { id = '' }, query }, ctx) => {
    await ctx.store.need(segments, { id });
    await rejectRevealing([{ segment: id }], ctx);
    return ctx.store.list(memberships, 'segment', id, query);
  },

  readSegmentHistory: async ({ params: { id = '' }, query }, ctx) => {
    const { store, now } = ctx;
    await store.need(segments, { id });
    const { items, nextCursor } = await recordPage(store, segmentDays, ['segment', id], {
      ...query,
      limit: query.cursor ? query.limit : Math.max(1, query.limit - 1),
      within: dayParts,
    });
    const today = query.cursor ? [] : [{ day: dayOf(now), size: await sizeOf(store, id) }];
    return { items: [...today, ...items], nextCursor };
  },

  estimateSegment: async ({ body: { condition } }, ctx) => {
    await checkCondition(condition, 'condition', ctx);
    const { looked, size, exact } = await sampled(condition, ctx);
    if (exact) return { size, exact };
    const all = await ctx.store.count(customers, 'all', 'all', Number.POSITIVE_INFINITY);
    return { size: Math.round((size / looked) * all), exact };
  },

  rebuildSegments: async ({ body: { ids } }, ctx) => {
    const { store } = ctx;
    const whole = { id: newId('event', ctx.now), type: 'segment.due', source: 'rapport.timers', data: {} };
    const all = await schemes.concerned(store, whole);
    const unknown = (ids ?? []).filter(id => !all.some(one => one.id === id));
    if (unknown.length) {
      const message = `there is no segment or segmentation ${unknown[0]}; name a class by its segmentation`;
      throw invalid([{ path: `ids.${ids?.indexOf(unknown[0]!)}`, message }]);
    }
    const wanted = ids ?? all.map(({ id }) => id);
    if (!wanted.length) return { job: null };
    const { job, changes } = startBuild(ctx, { schemes: wanted, again: true });
    return store.commit(changes, { job: job.id });
  },

  segmentsOfCustomer: async ({ params: { id = '' }, query }, ctx) => {
    const customer = await activeCustomer(ctx.store, id);
    const found = await recordPage(ctx.store, memberships, ['customer', customer.id], {
      ...query,
      within: membershipParts,
    });
    const ids = found.items.map(({ segmentId }) => segmentId);
    const [records, tellable] = await Promise.all([ctx.store.getByIds(segments, ids), tellableSegments(ids, ctx)]);
    const byId = new Map(records.filter(({ id }) => tellable.has(id)).map(segment => [segment.id, segment]));
    const items = found.items.flatMap(({ segmentId, since }) => {
      const segment = byId.get(segmentId);
      if (!segment) return [];
      const { name, segmentationId } = segment;
      return [{ segmentId, name, segmentationId, since }];
    });
    return { items, nextCursor: found.nextCursor };
  },
});
