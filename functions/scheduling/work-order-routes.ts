import * as z from 'zod';
import { CustomerId } from '../../events/ids.ts';
import { WorkOrderState } from '../../events/work-order.ts';
import { nullableFields } from '../customers/customer.ts';
import { Day, Key, line, prose, UserId } from '../shared/fields.ts';
import { creates, lists, route } from '../shared/http/contract.ts';
import { AnyInstant } from './appointment.ts';
import { slotTaken, workOrderClosed, workOrderNotPlanned } from './errors.ts';
import { Territory, TerritoryFields, WorkOrder, WorkOrderFields } from './work-order.ts';

const read = { scope: 'field.read' } as const;
const write = { scope: 'field.write' } as const;

const { subject, territory, location, durationMinutes, skills, parts, priority, ...optional } = WorkOrderFields.shape;

const Stop = z.object({
  workOrderId: z.string(),
  arrivesAt: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
  travelMinutes: z.number(),
});

const Plan = z.object({
  day: Day,
  territory: Key,
  objective: z.object({
    text: z.string().describe('what is made as small as can be found'),
    value: z.number(),
    travelMinutes: z.number(),
    visits: z.int(),
    unassigned: z.int(),
  }),
  routes: z.array(
    z.object({
      staffId: UserId,
      travelMinutes: z.number(),
      stops: z.array(Stop),
      applied: z.boolean().describe('whether its visits are booked; false where the day changed meanwhile: plan again'),
    }),
  ),
  unassigned: z.array(z.object({ workOrderId: z.string(), reason: z.string() })),
});

export const workOrderRoutes = {
  putTerritory: route('PUT /v1/field-territories/{id}', {
    summary: 'Define an area of field service: where it is served from, by whom, in which hours',
    scope: 'settings.write',
    body: TerritoryFields,
    reply: Territory,
    location: ({ id }) => `/v1/field-territories/${id}`,
    example: {
      name: 'East',
      base: { lat: 1.33, lon: 103.93 },
      technicians: [{ staffId: '5f0c', stock: { 'CABLE-32A': 4 } }],
      calendarId: 'workshop-hours',
    },
  }),
  listTerritories: route('GET /v1/field-territories', {
    summary: 'List the areas of field service, by id',
    ...read,
    ...lists(Territory),
  }),
  readTerritory: route('GET /v1/field-territories/{id}', {
    summary: 'Read an area of field service',
    ...read,
    reply: Territory,
  }),
  openWorkOrder: route('POST /v1/work-orders', {
    summary: 'Order a visit to a customer: what is to be done where, with which skills and parts',
    ...write,
    body: z.strictObject({ customerId: CustomerId, ...WorkOrderFields.shape }),
    reply: WorkOrder,
    ...creates('/v1/work-orders'),
    example: {
      customerId: 'cus_01jd5e7k3m9q2r4t6v8w0x1y2z',
      subject: 'Replace the charging cable',
      territory: 'east',
      location: { lat: 1.35, lon: 103.94 },
      skills: ['high-voltage'],
      parts: [{ sku: 'CABLE-32A', quantity: 1 }],
      window: { from: '2026-12-02T01:00:00Z', to: '2026-12-02T05:00:00Z' },
    },
  }),
  listWorkOrders: route('GET /v1/work-orders', {
    summary: 'List the work orders of a customer, a technician, or a territory in a state',
    ...read,
    ...lists(WorkOrder, {
      customerId: CustomerId.optional(),
      staffId: UserId.optional(),
      territory: Key.optional(),
      state: WorkOrderState.optional(),
    }),
  }),
  readWorkOrder: route('GET /v1/work-orders/{id}', { summary: 'Read a work order', ...read, reply: WorkOrder }),
  changeWorkOrder: route('PATCH /v1/work-orders/{id}', {
    summary: 'Change a work order (JSON Merge Patch); where that cannot be kept, its visit is given up',
    ...write,
    body: z.strictObject({
      subject: subject.optional(),
      territory: territory.optional(),
      location: location.optional(),
      durationMinutes: durationMinutes.unwrap().optional(),
      skills: skills.unwrap().optional(),
      parts: parts.unwrap().optional(),
      priority: priority.unwrap().optional(),
      ...nullableFields(optional),
    }),
    reply: WorkOrder,
    errors: [workOrderClosed],
    example: { priority: 'urgent' },
  }),
  planVisit: route('POST /v1/work-orders/{id}/plan', {
    summary: 'Plan the visit of one work order by hand, or move it',
    ...write,
    body: z.strictObject({ staffId: UserId, startsAt: AnyInstant }),
    reply: WorkOrder,
    errors: [workOrderClosed, slotTaken],
    example: { staffId: '5f0c', startsAt: '2026-12-02T02:00:00Z' },
  }),
  unplanVisit: route('POST /v1/work-orders/{id}/unplan', {
    summary: 'Give up a planned visit; the work order is open again',
    ...write,
    reply: WorkOrder,
    errors: [workOrderNotPlanned],
  }),
  startDriving: route('POST /v1/work-orders/{id}/on-the-way', {
    summary: 'Report that the technician is on the way; the event tells when to expect them',
    ...write,
    body: z.strictObject({ minutes: z.number().min(0).max(1440).optional().describe('default: as planned') }),
    reply: WorkOrder,
    errors: [workOrderNotPlanned],
    example: { minutes: 20 },
  }),
  startWork: route('POST /v1/work-orders/{id}/start', {
    summary: 'Report that the work began',
    ...write,
    reply: WorkOrder,
    errors: [workOrderNotPlanned],
  }),
  finishWork: route('POST /v1/work-orders/{id}/complete', {
    summary: 'Report that the work is done: what came of it, which parts it took, and who signed for it',
    ...write,
    body: z.strictObject({
      outcome: prose(2000),
      signedBy: line(200).optional(),
      minutes: z.number().min(0).max(10_000).optional().describe('default: since it began'),
      partsUsed: parts.unwrap().optional().describe('default: the parts of the work order'),
    }),
    reply: WorkOrder,
    errors: [workOrderClosed],
    example: { outcome: 'cable replaced', signedBy: 'Ada Tan' },
  }),
  cancelWorkOrder: route('POST /v1/work-orders/{id}/cancel', {
    summary: 'Cancel a work order; the time of its visit is free again',
    ...write,
    body: z.strictObject({ reason: line(500) }),
    reply: WorkOrder,
    errors: [workOrderClosed],
    example: { reason: 'the customer did it' },
  }),
  dispatch: route('POST /v1/dispatch', {
    summary: 'Plan who visits whom on a day in a territory, and book it with `apply`',
    ...write,
    body: z.strictObject({
      day: Day,
      territory: Key,
      apply: z.boolean().default(false).describe('books the visits; those planned before may move'),
    }),
    reply: Plan,
    example: { day: '2026-12-02', territory: 'east', apply: true },
  }),
};
