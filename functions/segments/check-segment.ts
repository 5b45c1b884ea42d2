import { checkCondition } from '../customer-facts/check-condition.ts';
import { segmentsNamedBy, mustBeUnused as unused } from '../customer-facts/uses.ts';
import { resolveAllMerged } from '../customers/active-customer.ts';
import { type Condition, leavesOf } from '../shared/conditions/condition.ts';
import { type FieldError, invalid } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { type Change, save } from '../shared/store/changes.ts';
import type { Store } from '../shared/store/store.ts';
import { segmentInUse, tooManySegments } from './errors.ts';
import { conditionsOf, schemesByIds } from './scheme.ts';
import { type SegmentFields, segments } from './segment.ts';
import { segmentOrder } from './segment-order.ts';

const most = { segments: 500, named: 5 };

export const mustHaveRoom = async (store: Store, more: number) => {
  const count = await store.count(segments, 'all', 'all', most.segments);
  if (count + more > most.segments) throw tooManySegments();
};

/** its own events as conditions would make a segment depend on itself */
const ownEvents = (condition: Condition, path: string): FieldError[] =>
  leavesOf(condition).flatMap(({ leaf, path: inner }) =>
    'event' in leaf && leaf.event.startsWith('segment.')
      ? [
          {
            path: [path, ...inner, 'event'].join('.'),
            message: `a segment cannot follow from ${leaf.event}; use { "segment": … }`,
          },
        ]
      : [],
  );

/** the segments and segmentations that some segments are of */
const schemeIdsOf = async (store: Store, segmentIds: string[]): Promise<string[]> =>
  (await store.getByIds(segments, segmentIds)).map(({ id, segmentationId }) => segmentationId ?? id);

/** the names of what leads from some segments to a scheme; undefined: nothing does */
const wayTo = async (store: Store, id: string, named: string[]): Promise<boolean> => {
  const seen = new Set<string>();
  let next = await schemeIdsOf(store, named);
  while (next.length) {
    if (next.includes(id)) return true;
    for (const one of next) seen.add(one);
    const further = segmentsNamedBy((await schemesByIds(store, next)).flatMap(conditionsOf));
    next = (await schemeIdsOf(store, further)).filter(one => !seen.has(one));
  }
  return false;
};

type Part = { condition: Condition; path: string };

/**
 * Refuses conditions of a segment or segmentation that name what does not exist, or lead back to it. What two requests decide
 * about such ways at the same time is decided one after the other: the change is for that.
 */
export const checkParts = async (parts: Part[], id: string | undefined, ctx: Ctx): Promise<Change[]> => {
  const own = parts.flatMap(({ condition, path }) => ownEvents(condition, path));
  if (own.length) throw invalid(own);
  for (const { condition, path } of parts) await checkCondition(condition, path, ctx);
  const naming = parts.filter(({ condition }) => segmentsNamedBy([condition]).length);
  if (!id || !naming.length) return [];
  const order = await ctx.store.get(segmentOrder, {});
  const errors: FieldError[] = [];
  for (const { condition, path } of naming) {
    if (await wayTo(ctx.store, id, segmentsNamedBy([condition])))
      errors.push({ path, message: 'names a segment that depends on this one: segments cannot depend on each other' });
  }
  if (errors.length) throw invalid(errors);
  return [save(segmentOrder, order, { version: (order?.version ?? 0) + 1 })];
};

type Picks = Pick<SegmentFields, 'include' | 'exclude'>;

/** the picked customers under the ids they have now; refuses who does not exist */
export const resolvePicks = async ({ include, exclude }: Picks, { store }: Ctx): Promise<Picks> => {
  const found = await resolveAllMerged(store, [...include, ...exclude]);
  const errors = Object.entries({ include, exclude }).flatMap(([path, ids]) =>
    ids.flatMap((one, nth) => {
      if (found.get(one)) return [];
      const fault = found.has(one) ? 'was erased' : 'does not exist';
      return [{ path: `${path}.${nth}`, message: `the customer ${one} ${fault}` }];
    }),
  );
  if (errors.length) throw invalid(errors);
  const resolved = (ids: Picks['include']) => [...new Set(ids.flatMap(one => found.get(one)?.id ?? []))];
  return { include: resolved(include), exclude: resolved(exclude) };
};

/** refuses to delete segments that others use; `but`: what goes with them */
export const mustBeUnused = (store: Store, segmentIds: string[], but?: string) =>
  unused(
    store,
    segmentIds.map(id => ({ kind: 'segment', id })),
    segmentInUse,
    but,
  );
