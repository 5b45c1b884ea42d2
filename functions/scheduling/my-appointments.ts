import { needCustomer } from '../customers/reads.ts';
import { invalid } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { handlers } from '../shared/http/contract.ts';
import { recordPage } from '../shared/store/record-page.ts';
import { plus } from '../shared/time/duration.ts';
import { type Appointment, appointments } from './appointment.ts';
import { myAppointmentRoutes } from './appointment-routes.ts';
import { type AppointmentType, appointmentTypes } from './appointment-type.ts';
import { book, cancel, move } from './appointments.ts';
import { bookableFor, findSlots } from './bookable.ts';
import { appointmentTooLate, slotTaken } from './errors.ts';

const onlineType = async (id: string, { store }: Ctx): Promise<AppointmentType> => {
  const type = await store.get(appointmentTypes, { id });
  if (!type?.online) throw invalid([{ path: 'typeId', message: `${id} cannot be booked online` }]);
  return type;
};

/** the slots that a customer may have: not too soon, not too far away */
const slotsFor = async (type: AppointmentType, query: Parameters<typeof findSlots>[2], ctx: Ctx) => {
  const [first, last] = [plus(ctx.now, type.notice), plus(ctx.now, type.horizon)];
  const from = query.from && query.from > first ? query.from : first;
  const to = query.to && query.to < last ? query.to : [plus(from, 'P7D'), last].sort()[0]!;
  if (to <= from) return { items: [], nextCursor: null };
  const period = { ...query, from, to };
  return findSlots(type, await bookableFor(type, period, ctx), period, ctx.now);
};

const mustBeOffered = async (type: AppointmentType, startsAt: string, ctx: Ctx) => {
  const to = plus(startsAt, 'PT1S');
  const { items } = await slotsFor(type, { from: startsAt, to, limit: 1 }, ctx);
  if (items[0]?.startsAt !== startsAt) throw slotTaken();
};

const mine = async ({ store, me }: Ctx, id = ''): Promise<Appointment> => {
  const [{ id: customerId }, found] = await Promise.all([needCustomer(store, me), store.get(appointments, { id })]);
  return found?.customerId === customerId ? found : store.need(appointments, { id: 'apt_none' });
};

const changeable = async (appointment: Appointment, ctx: Ctx) => {
  const { notice } = await ctx.store.need(appointmentTypes, { id: appointment.typeId });
  if (appointment.startsAt < plus(ctx.now, notice)) throw appointmentTooLate();
};

export const myAppointmentHandlers = handlers(myAppointmentRoutes, {
  findMySlots: async ({ query }, ctx) => slotsFor(await onlineType(query.typeId, ctx), query, ctx),
  listMyAppointmentTypes: async ({ query }, { store }) => {
    const { items, nextCursor } = await recordPage(store, appointmentTypes, ['appointment-type', 'all'], {
      ...query,
      upwards: true,
    });
    return { items: items.filter(({ online }) => online), nextCursor };
  },
  listMyAppointments: async ({ query }, { store, me }) =>
    store.list(appointments, 'customer', (await needCustomer(store, me)).id, query),
  bookMyAppointment: async ({ body: { typeId, ...when } }, ctx) => {
    const type = await onlineType(typeId, ctx);
    await mustBeOffered(type, when.startsAt, ctx);
    const { appointment, changes } = await book(type, { ...when, customerId: ctx.me as never }, ctx);
    return ctx.store.commit(changes, appointment);
  },
  rescheduleMyAppointment: async ({ params: { id }, body }, ctx) => {
    const before = await mine(ctx, id);
    await changeable(before, ctx);
    await mustBeOffered(await onlineType(before.typeId, ctx), body.startsAt, ctx);
    const { after, changes } = await move(before, body, ctx);
    return ctx.store.commit(changes, after);
  },
  cancelMyAppointment: async ({ params: { id }, body }, ctx) => {
    const before = await mine(ctx, id);
    await changeable(before, ctx);
    const { after, changes } = await cancel(before, body, ctx);
    return ctx.store.commit(changes, after);
  },
});
