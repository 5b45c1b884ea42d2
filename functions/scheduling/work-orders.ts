import { newId } from '../../events/ids.ts';
import {
  territoryChanged,
  workOrderCancelled,
  workOrderChanged,
  workOrderDone,
  workOrderOnTheWay,
  workOrderOpened,
  workOrderPlanned,
  workOrderStarted,
  workOrderUnplanned,
} from '../../events/work-order.ts';
import { assets } from '../assets/asset.ts';
import { calendars } from '../assignment/business-calendar.ts';
import { needCustomer } from '../customers/reads.ts';
import { staff } from '../organisation/staff-member.ts';
import { cases } from '../service/cases/case.ts';
import { Key } from '../shared/fields.ts';
import { invalid } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { handlers } from '../shared/http/contract.ts';
import { type Change, created, eventOf, insert, update, updated } from '../shared/store/changes.ts';
import { listShared } from '../shared/store/record-page.ts';
import { changeById, having, merged, putById, readById } from '../shared/store/records.ts';
import type { Store } from '../shared/store/store.ts';
import { plus } from '../shared/time/duration.ts';
import { agendaChanges, longestHours, takenOf } from './agenda.ts';
import { dispatch } from './dispatch.ts';
import { slotTaken, workOrderClosed, workOrderNotPlanned } from './errors.ts';
import { mustExist } from './must-exist.ts';
import { isOpen, stateIn, territories, timeOf, type WorkOrder, WorkOrderFields, workOrders } from './work-order.ts';
import { workOrderRoutes } from './work-order-routes.ts';

const mustFit = ({ territory, caseId, assetId }: Partial<WorkOrder>, store: Store) =>
  mustExist([
    { path: 'territory', what: 'territory', id: territory, find: id => store.get(territories, { id }) },
    { path: 'caseId', what: 'case', id: caseId, find: id => store.get(cases, { id }) },
    { path: 'assetId', what: 'asset', id: assetId, find: id => store.get(assets, { id }) },
  ]);

const mustBeOpen = (order: WorkOrder) => {
  if (!isOpen(order)) throw workOrderClosed(`The work order is ${order.state}.`);
};

const mustBePlanned = ({ state, visit }: WorkOrder): NonNullable<WorkOrder['visit']> => {
  if (!visit || (state !== 'planned' && state !== 'onTheWay')) throw workOrderNotPlanned(`The work order is ${state}.`);
  return visit;
};

/** the agendas without a visit that is given up before it began */
const freed = async (before: WorkOrder, { store, now }: Ctx): Promise<Change[]> => {
  const time = before.state === 'started' ? undefined : timeOf(before);
  return time ? agendaChanges(store, now, { freed: [time] }) : [];
};

/** what a visit follows from: where one of these changes, it has to be planned again */
const plannedBy = ['territory', 'location', 'durationMinutes', 'skills', 'parts', 'window'] as const;

export const workOrderHandlers = handlers(workOrderRoutes, {
  putTerritory: putById(territories, Key, {
    check: async ({ calendarId, technicians }, { store }) => {
      await mustExist([
        { path: 'calendarId', what: 'calendar', id: calendarId, find: id => store.get(calendars, { id }) },
        ...technicians.map(({ staffId }, nth) => ({
          ...{ path: `technicians.${nth}.staffId`, what: 'staff member', id: staffId },
          find: (id: string) => store.get(staff, { id }),
        })),
      ]);
      return undefined;
    },
    changes: territory => [eventOf(territoryChanged, territory)],
  }),
  listTerritories: listShared(territories),
  readTerritory: readById(territories),
  openWorkOrder: async ({ body }, { store, now }) => {
    const [{ id: customerId }] = await Promise.all([needCustomer(store, body.customerId), mustFit(body, store)]);
    const own = { id: newId('workOrder', now), customerId, state: 'open' as const, visit: null };
    const order: WorkOrder = created(now, { ...body, ...own });
    return store.commit([insert(workOrders, order), eventOf(workOrderOpened, order)], order);
  },
  listWorkOrders: async ({ query: { customerId, staffId, territory, state, ...paging } }, { store }) => {
    const keep = having<WorkOrder>({ territory, state });
    if (customerId) {
      const { id } = await needCustomer(store, customerId);
      return store.list(workOrders, 'customer', id, { ...paging, keep });
    }
    if (staffId) return store.list(workOrders, 'staff', staffId, { ...paging, keep });
    if (territory) return store.list(workOrders, 'territory', stateIn(territory, state ?? 'open'), paging);
    throw invalid([{ path: 'territory', message: 'give customerId, staffId or territory' }]);
  },
  readWorkOrder: readById(workOrders),
  changeWorkOrder: changeById(workOrders, async (before, patch: object, ctx) => {
    mustBeOpen(before);
    const after = merged(ctx.now, WorkOrderFields, before, patch);
    if (!after) return { after: before, changes: [] };
    await mustFit(after, ctx.store);
    const moved = plannedBy.some(name => JSON.stringify(after[name]) !== JSON.stringify(before[name]));
    if (!moved || before.state !== 'planned')
      return { after, changes: [update(workOrders, before, after), eventOf(workOrderChanged, after)] };
    const open = { ...after, state: 'open' as const, visit: null };
    const events = [eventOf(workOrderChanged, open), eventOf(workOrderUnplanned, open)];
    return { after: open, changes: [update(workOrders, before, open), ...events, ...(await freed(before, ctx))] };
  }),
  planVisit: changeById(
    workOrders,
    async (before, { staffId, startsAt }: { staffId: string; startsAt: string }, ctx) => {
      mustBeOpen(before);
      const { store, now } = ctx;
      if (startsAt < now) throw invalid([{ path: 'startsAt', message: 'is in the past' }]);
      const territory = await store.need(territories, { id: before.territory });
      if (!territory.technicians.some(one => one.staffId === staffId))
        throw invalid([{ path: 'staffId', message: `${staffId} is no technician of ${territory.id}` }]);
      const endsAt = plus(startsAt, `PT${before.durationMinutes}M`);
      const taken = await takenOf(store, staffId, plus(startsAt, `-PT${longestHours}H`), endsAt);
      if (taken.some(one => one.id !== before.id && one.from < endsAt && one.to > startsAt)) throw slotTaken();
      const visit = { staffId, arrivesAt: startsAt, startsAt, endsAt, travelMinutes: 0 };
      const after = updated(now, before, { state: 'planned', visit });
      const [was, is] = [timeOf(before), timeOf(after)];
      const times = { freed: was ? [was] : [], taken: is ? [is] : [] };
      const changes = [update(workOrders, before, after), eventOf(workOrderPlanned, after)];
      return { after, changes: [...changes, ...(await agendaChanges(store, now, times))] };
    },
  ),
  unplanVisit: changeById(workOrders, async (before, _, ctx) => {
    mustBePlanned(before);
    const after = updated(ctx.now, before, { state: 'open', visit: null, arrivesAt: undefined });
    const changes = [update(workOrders, before, after), eventOf(workOrderUnplanned, after)];
    return { after, changes: [...changes, ...(await freed(before, ctx))] };
  }),
  startDriving: changeById(workOrders, (before, { minutes }: { minutes?: number | undefined }, { now }) => {
    const { travelMinutes } = mustBePlanned(before);
    const arrivesAt = plus(now, `PT${Math.ceil(minutes ?? travelMinutes)}M`);
    const after = updated(now, before, { state: 'onTheWay', arrivesAt });
    return { after, changes: [update(workOrders, before, after), eventOf(workOrderOnTheWay, after, { arrivesAt })] };
  }),
  startWork: changeById(workOrders, (before, _, { now }) => {
    mustBePlanned(before);
    const after = updated(now, before, { state: 'started', startedAt: now });
    return { after, changes: [update(workOrders, before, after), eventOf(workOrderStarted, after)] };
  }),
  finishWork: changeById(workOrders, (before, body: Done, { now }) => {
    mustBeOpen(before);
    const since = before.startedAt ?? now;
    const minutes = body.minutes ?? Math.round((Date.parse(now) - Date.parse(since)) / 60_000);
    const done = { ...body, minutes, partsUsed: body.partsUsed ?? before.parts };
    const after = updated(now, before, { ...done, state: 'done', closedAt: now });
    return { after, changes: [update(workOrders, before, after), eventOf(workOrderDone, after, { ...done })] };
  }),
  cancelWorkOrder: changeById(workOrders, async (before, { reason }: { reason: string }, ctx) => {
    mustBeOpen(before);
    const after = updated(ctx.now, before, { state: 'cancelled', closedAt: ctx.now, outcome: reason });
    const changes = [update(workOrders, before, after), eventOf(workOrderCancelled, after, { reason })];
    return { after, changes: [...changes, ...(await freed(before, ctx))] };
  }),
  dispatch: ({ body }, ctx) => dispatch(body, ctx),
});

type Done = Required<Pick<WorkOrder, 'outcome'>> & Pick<WorkOrder, 'signedBy' | 'minutes' | 'partsUsed'>;
