import * as z from 'zod';
import { byStaff, event } from './define.ts';

export const WorkOrderState = z.enum(['open', 'planned', 'onTheWay', 'started', 'done', 'cancelled']);

export const Visit = z.object({
  staffId: z.string(),
  arrivesAt: z.iso.datetime(),
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
  travelMinutes: z.number(),
});

const Data = z.object({
  number: z.string().optional(),
  subject: z.string(),
  territory: z.string(),
  caseId: z.string().optional(),
  assetId: z.string().optional(),
  visit: Visit.nullable(),
});
const example = { subject: 'Replace the charging cable', territory: 'east', visit: null };
const visit = {
  staffId: '5f0c',
  arrivesAt: '2026-12-02T02:00:00.000Z',
  startsAt: '2026-12-02T02:00:00.000Z',
  endsAt: '2026-12-02T03:00:00.000Z',
  travelMinutes: 14,
};

export const workOrderOpened = event('service', 'work-order.opened', byStaff, {
  summary: 'a visit to a customer was ordered',
  data: () => Data,
  example,
});

export const workOrderChanged = event('service', 'work-order.changed', byStaff, {
  summary: 'a work order was changed',
  data: () => Data,
  example,
});

export const workOrderPlanned = event('service', 'work-order.planned', byStaff, {
  summary: 'the visit of a work order was planned or moved',
  data: () => Data,
  example: { ...example, visit },
});

export const workOrderUnplanned = event('service', 'work-order.unplanned', byStaff, {
  summary: 'a planned visit was given up; the work order waits for another one',
  data: () => Data,
  example,
});

export const workOrderOnTheWay = event('service', 'work-order.on-the-way', byStaff, {
  contact: 'out',
  summary: 'a technician is on the way to the customer',
  data: () => Data.extend({ arrivesAt: z.iso.datetime() }),
  example: { ...example, visit, arrivesAt: '2026-12-02T02:10:00.000Z' },
});

export const workOrderStarted = event('service', 'work-order.started', byStaff, {
  contact: 'out',
  summary: 'the work at the customer began',
  data: () => Data,
  example: { ...example, visit },
});

export const workOrderDone = event('service', 'work-order.done', byStaff, {
  summary: 'the work was done and signed for',
  data: () => Data.extend({ outcome: z.string(), signedBy: z.string().optional(), minutes: z.number() }),
  example: { ...example, visit, outcome: 'cable replaced', signedBy: 'Ada Tan', minutes: 50 },
});

export const workOrderCancelled = event('service', 'work-order.cancelled', byStaff, {
  summary: 'a work order was cancelled',
  data: () => Data.extend({ reason: z.string() }),
  example: { ...example, reason: 'the customer did it' },
});

export const territoryChanged = event('service', 'territory.changed', byStaff, {
  summary: 'a territory of field service was defined or changed',
  data: () => z.object({ name: z.string() }),
  example: { name: 'East' },
});
