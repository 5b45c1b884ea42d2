import { conflict } from '../shared/http/api-error.ts';

export const slotTaken = conflict('appointment.slot-taken', 'Nobody is free at that time. Choose another slot.');
export const appointmentClosed = conflict(
  'appointment.closed',
  'The appointment is over or cancelled. Book another one.',
);
export const appointmentAhead = conflict('appointment.ahead', 'The appointment has not begun yet. Cancel it or wait.');
export const appointmentTooLate = conflict(
  'appointment.too-late',
  'It is too late to change this appointment online. Call the company.',
);
export const workOrderClosed = conflict('work-order.closed', 'The work order is done or cancelled. Open another one.');
export const workOrderNotPlanned = conflict('work-order.not-planned', 'No visit is planned. Plan it first.');
