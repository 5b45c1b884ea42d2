import { entities } from '#declared/entities.ts';
import type { Condition } from '../shared/conditions/condition.ts';
import { segmentsIn } from '../shared/conditions/needs.ts';
import { isProblem, scopeMissing } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { scopes as allScopes } from '../shared/http/roles.ts';
import type { Store } from '../shared/store/store.ts';
import { confidentialAttribute } from './errors.ts';
import { rejectUnreadable } from './event-areas.ts';
import { type Hidden, hiddenFrom, rejectHidden } from './redact.ts';

type Reader = Pick<Ctx, 'scopes' | 'store'>;
type Segment = { id: string; condition?: Condition; segmentationId?: string };
type Segmentation = { id: string; classes: { condition: Condition }[] };

const byIds = async <T>(store: Store, kind: string, ids: string[]): Promise<T[]> => {
  const entity = entities.find(one => one.kind === kind);
  return entity && ids.length ? ((await store.getByIds(entity, ids as never[])) as T[]) : [];
};

/** what being in segments tells of a customer, those that their conditions name included; of a class, also what the others tell */
const behind = async (ids: string[], store: Store): Promise<Map<string, Condition[]>> => {
  const known = new Map<string, Condition[]>();
  for (let next = [...new Set(ids)]; next.length; ) {
    const found = await byIds<Segment>(store, 'segment', next);
    const wholes = await byIds<Segmentation>(store, 'segmentation', [
      ...new Set(found.flatMap(({ segmentationId }) => segmentationId ?? [])),
    ]);
    for (const id of next) {
      const { condition, segmentationId } = found.find(one => one.id === id) ?? {};
      const whole = wholes.find(one => one.id === segmentationId);
      known.set(id, whole ? whole.classes.map(one => one.condition) : condition ? [condition] : []);
    }
    next = segmentsIn([...known.values()].flat()).filter(id => !known.has(id));
  }
  return known;
};

const reject = (conditions: Condition[], hidden: Hidden, reader: Reader) => {
  for (const condition of conditions) {
    rejectHidden(hidden, condition);
    rejectUnreadable(reader, condition);
  }
};

/** refuses conditions with a result that would reveal what the caller may not read, by the segments that they name too */
export const rejectRevealing = async (given: (Condition | undefined)[], reader: Reader): Promise<void> => {
  const conditions = given.filter(one => one !== undefined);
  if (!conditions.length) return;
  const [hidden, named] = await Promise.all([hiddenFrom(reader), behind(segmentsIn(conditions), reader.store)]);
  reject([...conditions, ...[...named.values()].flat()], hidden, reader);
};

const isRevealing = (conditions: Condition[], hidden: Hidden, reader: Reader): boolean => {
  try {
    reject(conditions, hidden, reader);
    return false;
  } catch (error) {
    if (isProblem(error, confidentialAttribute) || isProblem(error, scopeMissing)) return true;
    throw error;
  }
};

/** Of these segments the ones that tell nothing that the caller may not read. */
export const tellableSegments = async (ids: string[], reader: Reader): Promise<ReadonlySet<string>> => {
  if (!ids.length || allScopes.every(scope => reader.scopes.has(scope))) return new Set(ids);
  const [hidden, known] = await Promise.all([hiddenFrom(reader), behind(ids, reader.store)]);
  const told = (id: string, seen: Set<string>): Condition[] => {
    if (seen.has(id)) return [];
    seen.add(id);
    const own = known.get(id) ?? [];
    return [...own, ...segmentsIn(own).flatMap(one => told(one, seen))];
  };
  return new Set(ids.filter(id => !isRevealing(told(id, new Set()), hidden, reader)));
};

type Told = { type: string; about: string };

const isOfSegment = ({ type }: Told) => type === 'segment.entered' || type === 'segment.left';

/** events of a timeline without those of segments that tell what the caller may not read */
export const withoutRevealing = async <E extends Told>(events: E[], reader: Reader): Promise<E[]> => {
  const named = events.filter(isOfSegment).map(({ about }) => about);
  if (!named.length) return events;
  const tellable = await tellableSegments(named, reader);
  return events.filter(event => !isOfSegment(event) || tellable.has(event.about));
};
