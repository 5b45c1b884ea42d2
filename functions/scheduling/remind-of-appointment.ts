import { appointmentReminded } from '../../events/appointment.ts';
import { templates } from '../content/template.ts';
import { consume } from '../shared/events/consume.ts';
import { eventOf } from '../shared/store/changes.ts';
import { appointments, isBooked, messageAbout } from './appointment.ts';
import { appointmentTypes } from './appointment-type.ts';
import { subscriptions } from './contract.ts';

/** A timer is never cancelled: it does nothing if its appointment was cancelled or moved. */
export const reaction = consume('remindOfAppointment', subscriptions.remindOfAppointment, async (timer, { store }) => {
  const { startsAt, before } = timer.data;
  const appointment = await store.get(appointments, { id: timer.about });
  if (!appointment || !isBooked(appointment) || appointment.startsAt !== startsAt) return;
  const type = await store.get(appointmentTypes, { id: appointment.typeId });
  const templateId = type?.reminders.find(one => one.before === before)?.templateId;
  const template = templateId && (await store.get(templates, { id: templateId }));
  const sent = template ? [messageAbout(appointment, template, `reminder ${before} ${startsAt}`)] : [];
  await store.commit([eventOf(appointmentReminded, appointment, { before }), ...sent]);
});
