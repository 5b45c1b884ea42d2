import { serve } from '../shared/http/serve.ts';
import { appointmentHandlers } from './appointments.ts';
import { calendarHandlers } from './calendar-feed.ts';
import { routes } from './contract.ts';
import { myAppointmentHandlers } from './my-appointments.ts';
import { workOrderHandlers } from './work-orders.ts';

export const handler = serve(routes, {
  ...appointmentHandlers,
  ...myAppointmentHandlers,
  ...calendarHandlers,
  ...workOrderHandlers,
});
