import { appointmentNear } from '../../events/appointment.ts';
import { on } from '../shared/http/contract.ts';
import { appointmentRoutes, calendarRoutes, myAppointmentRoutes } from './appointment-routes.ts';
import { workOrderRoutes } from './work-order-routes.ts';

export const about =
  'Appointments with customers: free slots, bookings, reminders, calendars of staff; work orders and their visits.';

export const routes = { ...appointmentRoutes, ...myAppointmentRoutes, ...calendarRoutes, ...workOrderRoutes };

export const subscriptions = {
  remindOfAppointment: on([appointmentNear], 'reminds of an appointment that is still at its time'),
};
