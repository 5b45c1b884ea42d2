import * as z from 'zod';
import { CustomerId, idOf } from '../../events/ids.ts';
import type { Ctx } from '../shared/http/context.ts';
import { Instant } from '../shared/http/contract.ts';
import { type Change, insert, remove, save, update } from '../shared/store/changes.ts';
import { entity } from '../shared/store/entity.ts';
import type { MergedPart, Merging } from '../shared/store/merge.ts';
import { plus } from '../shared/time/duration.ts';

/** who is at a touch point: a customer, or a visitor of whom nothing else is known */
export type Subject = { customerId: string } | { anonymousId: string };

const Decided = z.object({
  id: idOf('decision'),
  placementId: z.string(),
  offerId: z.string().nullable(),
  customerId: CustomerId.nullable(),
  anonymousId: z.string().nullable(),
  control: z.boolean(),
  at: Instant,
  shownAt: Instant.nullable(),
  clickedAt: Instant.nullable(),
  version: z.int().min(1),
});
export type Decided = z.output<typeof Decided>;

/** What was decided for a touch point, until it says that it was shown or taken up. */
export const decideds = entity('offer-decision', Decided, {
  onMerge: 'stay',
  onErase: 'not-personal', // ids only, and for a month
  expires: ({ at }) => plus(at, 'P30D'),
});

const Touches = z.object({
  subject: z.string(),
  customerId: CustomerId.nullable(),
  /** when each offer was shown lately */
  shown: z.record(z.string(), z.array(Instant)),
  at: Instant,
  version: z.int().min(1),
});
export type Touches = z.output<typeof Touches>;

export const touchPart = 'touches';

export const subjectOf = (subject: Subject) =>
  'customerId' in subject ? `customer ${subject.customerId}` : `visitor ${subject.anonymousId}`;

/** How often each offer was shown to a customer or visitor: in the customer's partition, where one read finds both. */
export const touches = entity('touches', Touches, {
  onMerge: { merge: (...args) => merge(...args), undo: (...args) => undoMerge(...args) },
  onErase: 'delete',
  area: 'offers',
  key: ({ subject }: { subject: string }) => {
    const [kind = '', ...id] = subject.split(' ');
    return { of: [kind, id.join(' ')], part: touchPart };
  },
  expires: ({ at, customerId }) => (customerId ? undefined : plus(at, 'P90D')),
});

const mostKept = 20;
const mostOffers = 100;

type Undo = { value: Touches; before?: Touches | undefined; version: number };

/** what was shown to either was shown to the customer that stays */
const merge: MergedPart<Touches>['merge'] = async (value, into, { store, now }) => {
  const subject = subjectOf({ customerId: into });
  const before = await store.get(touches, { subject });
  const names = Object.keys({ ...value.shown, ...before?.shown });
  const both = (name: string) => [...(value.shown[name] ?? []), ...(before?.shown[name] ?? [])].sort().slice(-mostKept);
  const shown = Object.fromEntries(names.slice(-mostOffers).map(name => [name, both(name)]));
  const after = { subject, customerId: into, shown, at: now, version: (before?.version ?? 0) + 1 };
  const undo: Undo = { value, before, version: after.version };
  return { changes: [remove(touches, value), save(touches, before, after)], undo };
};

const undoMerge = async (undo: unknown, { into }: Merging, { store }: Ctx): Promise<Change[]> => {
  const { value, before, version } = undo as Undo;
  const is = await store.get(touches, { subject: subjectOf({ customerId: into }) });
  if (is?.version !== version) return [insert(touches, value)];
  const reverted = before ? update(touches, is, { ...before, version: version + 1 }) : remove(touches, is);
  return [insert(touches, value), reverted];
};

/** the touches of a subject after an offer was shown; the offers shown longest ago are forgotten */
export const afterShown = (before: Touches | undefined, subject: Subject, offerId: string, now: string): Touches => {
  const { [offerId]: earlier = [], ...others } = before?.shown ?? {};
  const kept = Object.entries(others)
    .sort(([, a], [, b]) => ((a.at(-1) ?? '') < (b.at(-1) ?? '') ? 1 : -1))
    .slice(0, mostOffers - 1);
  return {
    subject: subjectOf(subject),
    customerId: 'customerId' in subject ? (subject.customerId as Touches['customerId']) : null,
    shown: { ...Object.fromEntries(kept), [offerId]: [...earlier, now].slice(-mostKept) },
    at: now,
    version: (before?.version ?? 0) + 1,
  };
};
