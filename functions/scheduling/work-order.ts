import * as z from 'zod';
import { CaseId, CustomerId, idOf } from '../../events/ids.ts';
import { Visit, WorkOrderState } from '../../events/work-order.ts';
import { Skills } from '../organisation/staff-member.ts';
import { Key, line, prose, UserId } from '../shared/fields.ts';
import { Instant, stamps } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import { plus } from '../shared/time/duration.ts';
import { agendaChanges } from './agenda.ts';
import { AnyInstant } from './appointment.ts';
import { weights } from './plan-routes.ts';

export const Location = z.strictObject({ lat: z.number().min(-90).max(90), lon: z.number().min(-180).max(180) });

const Quantities = z
  .record(Key, z.int().min(0).max(100_000))
  .refine(stock => Object.keys(stock).length <= 200, 'has more than 200 parts');

const Technician = z.strictObject({
  staffId: UserId,
  base: Location.optional().describe('where the day begins and ends; default: the base of the territory'),
  stock: Quantities.optional().describe('parts on board, by sku'),
});

export const TerritoryFields = z.strictObject({
  name: line(200),
  base: Location,
  technicians: z
    .array(Technician)
    .min(1)
    .max(40)
    .refine(all => new Set(all.map(({ staffId }) => staffId)).size === all.length, 'names somebody twice'),
  calendarId: Key.describe('its hours, whose time zone a day is of; technicians’ own hours count as well'),
  speedKmh: z.number().min(1).max(200).describe('the mean speed on the way').default(40),
});

/** An area of field service, and who visits customers in it. */
export const Territory = z.object({ id: Key, ...TerritoryFields.shape, ...stamps });
export type Territory = z.output<typeof Territory>;

export const territories = entity('territory', Territory, {
  onErase: 'not-personal',
  key: ({ id }: { id: string }) => ({ of: ['territory', 'all'], part: id }),
});

const Window = z
  .strictObject({ from: AnyInstant, to: AnyInstant })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'must not be before from' });

export const WorkOrderFields = z.strictObject({
  subject: line(300),
  description: prose(10_000).optional(),
  territory: Key,
  location: Location.describe('where the customer is'),
  durationMinutes: z.int().min(5).max(720).default(60),
  skills: Skills,
  parts: z
    .array(z.strictObject({ sku: Key, quantity: z.int().min(1).max(10_000) }))
    .max(50)
    .default([]),
  priority: z.enum(Object.keys(weights) as [keyof typeof weights]).default('normal'),
  window: Window.optional().describe('the earliest and the latest beginning that suit the customer'),
  caseId: CaseId.optional(),
  assetId: idOf('asset').optional(),
});

/** A visit to a customer that is to be made. */
export const WorkOrder = z.object({
  id: idOf('workOrder'),
  customerId: CustomerId,
  ...WorkOrderFields.shape,
  state: WorkOrderState,
  visit: Visit.nullable(),
  /** when the technician on the way is expected */
  arrivesAt: Instant.optional(),
  startedAt: Instant.optional(),
  closedAt: Instant.optional(),
  outcome: prose(2000).optional(),
  signedBy: line(200).optional(),
  minutes: z.number().optional(),
  partsUsed: WorkOrderFields.shape.parts.optional(),
  ...stamps,
});
export type WorkOrder = z.output<typeof WorkOrder>;

export const isOpen = ({ state }: Pick<WorkOrder, 'state'>) => state !== 'done' && state !== 'cancelled';

export const stateIn = (territory: string, state: WorkOrder['state']) => `${territory}#${state}`;

export const workOrders = entity('work-order', WorkOrder, {
  onMerge: 'follow',
  onErase: async (value, { store, now }) => ({
    changes: value.visit && isOpen(value) ? await agendaChanges(store, now, { freed: [timeOf(value)!] }) : [],
  }),
  owner: ({ customerId }) => customerId,
  fact: { record: 'work-order', shown: WorkOrder },
  lists: {
    territory: { by: ({ territory, state }) => stateIn(territory, state) },
    customer: { by: ({ customerId }) => customerId },
    staff: { by: ({ visit }) => visit?.staffId, sort: ({ visit }) => visit?.startsAt ?? '' },
  },
});

/** what a visit takes of its technician's agenda: the way there and the work */
export const timeOf = ({ id, visit }: Pick<WorkOrder, 'id' | 'visit'>) => {
  if (!visit) return undefined;
  const { staffId, startsAt, endsAt, travelMinutes } = visit;
  return { staffId, taken: { id, from: plus(startsAt, `-PT${Math.ceil(travelMinutes)}M`), to: endsAt } };
};
