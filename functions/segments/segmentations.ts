import { newId } from '../../events/ids.ts';
import { segmentationChanged, segmentationCreated, segmentationRemoved } from '../../events/segmentation.ts';
import { namedBy, useChanges } from '../customer-facts/uses.ts';
import type { Condition } from '../shared/conditions/condition.ts';
import type { Ctx } from '../shared/http/context.ts';
import { handlers } from '../shared/http/contract.ts';
import { parse } from '../shared/http/parse.ts';
import { isSameJson } from '../shared/json.ts';
import { type Change, created, eventOf, insert, remove, update, updated } from '../shared/store/changes.ts';
import { startBuild, startClearing } from './build-work.ts';
import { checkParts, mustBeUnused, mustHaveRoom } from './check-segment.ts';
import { filingOf, type SegmentId, schemeOfSegmentation, schemes } from './scheme.ts';
import { type Segment, segments } from './segment.ts';
import { type Segmentation, SegmentationFields, segmentations } from './segmentation.ts';
import { segmentationRoutes } from './segmentation-routes.ts';
import { statesOf } from './segments.ts';
import { measureAfter } from './size.ts';

const partsOf = ({ classes }: Pick<SegmentationFields, 'classes'>) =>
  classes.map(({ condition }, nth) => ({ condition, path: `classes.${nth}.condition` }));

type Class = { segmentId: SegmentId; name: string; condition?: Condition };

const classesOf = (of: Segmentation | undefined): Class[] => (of ? [...of.classes, of.else] : []);

/** the classes of a request: one of a name that there was is the same segment */
const withSegments = ({ classes, else: others }: SegmentationFields, was: Class[], now: string) => {
  const segmentId = (name: string) => was.find(one => one.name === name)?.segmentId ?? newId('segment', now);
  return {
    classes: classes.map(one => ({ ...one, segmentId: segmentId(one.name) })),
    else: { name: others, segmentId: segmentId(others) },
  };
};

const segmentOf = (now: string, { id }: Segmentation, { segmentId, name, condition }: Class): Segment =>
  created(now, { id: segmentId, name, condition, include: [], exclude: [], segmentationId: id });

/** the segments of its classes, as they are to become */
const segmentChanges = async (before: Segmentation | undefined, after: Segmentation | undefined, ctx: Ctx) => {
  const [was, is] = [classesOf(before), classesOf(after)];
  const stored = await ctx.store.getByIds(
    segments,
    was.map(one => one.segmentId),
  );
  const byId = new Map(stored.map(segment => [segment.id, segment]));
  const kept = new Set(is.map(one => one.segmentId));
  const removed = stored.filter(({ id }) => !kept.has(id));
  const changes = is.flatMap((one): Change[] => {
    const segment = byId.get(one.segmentId);
    if (!segment) return [insert(segments, segmentOf(ctx.now, after!, one))];
    const { name, condition } = one;
    if (segment.name === name && isSameJson(segment.condition, condition)) return [];
    return [update(segments, segment, updated(ctx.now, segment, { name, condition }))];
  });
  return { removed: removed.map(({ id }) => id), changes: [...changes, ...removed.map(one => remove(segments, one))] };
};

const userOf = ({ id, name, classes }: Segmentation) => ({
  id,
  name,
  uses: namedBy(classes.map(one => one.condition)),
});

const filingFor = (segmentation: Segmentation | undefined) =>
  segmentation && filingOf(schemeOfSegmentation(segmentation));

const filed = (before: Segmentation | undefined, after: Segmentation | undefined): Change[] => [
  ...schemes.changes(filingFor(before), filingFor(after)),
  ...useChanges(before && userOf(before), after && userOf(after)),
];

const shown = async (found: Segmentation[], ctx: Ctx) => {
  const stateOf = await statesOf(
    found.map(({ job }) => job),
    ctx,
  );
  return found.map(one => ({ ...one, state: stateOf(one.job) }));
};

const shownOne = async (segmentation: Segmentation, ctx: Ctx) => (await shown([segmentation], ctx))[0]!;

export const segmentationHandlers = handlers(segmentationRoutes, {
  createSegmentation: async ({ body }, ctx) => {
    const { now, store } = ctx;
    await mustHaveRoom(store, body.classes.length + 1);
    await checkParts(partsOf(body), undefined, ctx);
    const id = newId('segmentation', now);
    const { job, changes } = startBuild(ctx, { schemes: [id] });
    const segmentation: Segmentation = created(now, {
      id,
      name: body.name,
      ...withSegments(body, [], now),
      job: job.id,
    });
    const all = [
      insert(segmentations, segmentation),
      ...(await segmentChanges(undefined, segmentation, ctx)).changes,
      ...filed(undefined, segmentation),
      ...changes,
      measureAfter(now, id),
      eventOf(segmentationCreated, segmentation),
    ];
    return store.commit(all, { ...segmentation, state: 'building' as const });
  },

  listSegmentations: async ({ query }, ctx) => {
    const { items, nextCursor } = await ctx.store.list(segmentations, 'all', 'all', query);
    return { items: await shown(items, ctx), nextCursor };
  },

  readSegmentation: async ({ params: { id = '' } }, ctx) => shownOne(await ctx.store.need(segmentations, { id }), ctx),

  changeSegmentation: async ({ params: { id = '' }, body }, ctx) => {
    const { now, store } = ctx;
    const before = await store.need(segmentations, { id });
    const was = before.classes.map(({ name, condition }) => ({ name, condition }));
    const fields = parse(SegmentationFields, { name: before.name, classes: was, else: before.else.name, ...body });
    const order = body.classes ? await checkParts(partsOf(fields), id, ctx) : [];
    const made = { name: fields.name, ...withSegments(fields, classesOf(before), now) };
    const { name, classes, else: others } = before;
    if (isSameJson(made, { name, classes, else: others })) return shownOne(before, ctx);
    const { job, changes } = startBuild(ctx, { schemes: [id] });
    const after = updated(now, before, { ...made, job: job.id });
    const { removed, changes: ofSegments } = await segmentChanges(before, after, ctx);
    await mustBeUnused(store, removed, id);
    const all = [
      update(segmentations, before, after),
      ...ofSegments,
      ...filed(before, after),
      ...startClearing(ctx, removed),
      ...order,
      ...changes,
      eventOf(segmentationChanged, after),
    ];
    return store.commit(all, { ...after, state: 'building' as const });
  },

  removeSegmentation: async ({ params: { id = '' } }, ctx) => {
    const before = await ctx.store.need(segmentations, { id });
    const { removed, changes } = await segmentChanges(before, undefined, ctx);
    await mustBeUnused(ctx.store, removed, id);
    const all = [
      remove(segmentations, before),
      ...changes,
      ...filed(before, undefined),
      ...startClearing(ctx, removed),
      eventOf(segmentationRemoved, before),
    ];
    return ctx.store.commit(all, await shownOne(before, ctx));
  },
});
