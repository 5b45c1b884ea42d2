import { callingCustomer } from '../customers/active-customer.ts';
import { needCustomer } from '../customers/reads.ts';
import type { Ctx } from '../shared/http/context.ts';
import { handlers, Reply } from '../shared/http/contract.ts';
import { put, remove } from '../shared/store/changes.ts';
import { devices, devicesOf, mostDevices } from './addresses.ts';
import { digestOf } from './contact-history.ts';
import { ownMessageRoutes } from './contract.ts';
import { messageNotFound, tooManyDevices } from './errors.ts';
import { contents, type Message, messages } from './message.ts';
import { recorded } from './record-delivery.ts';

const shown = async (items: Message[], { store }: Pick<Ctx, 'store'>) =>
  Promise.all(
    items.map(async ({ id, topic, subject, state, createdAt }) => {
      const content = await store.get(contents, { id });
      return {
        id,
        topic,
        subject,
        text: content?.text ?? '',
        at: createdAt,
        read: state === 'opened' || state === 'clicked',
      };
    }),
  );

const isShown = ({ channel, state }: Message) => channel === 'inapp' && ['sent', 'opened', 'clicked'].includes(state);

export const ownMessageHandlers = handlers(ownMessageRoutes, {
  listMyMessages: async ({ query }, ctx) => {
    const { id } = await callingCustomer(ctx);
    const { items, nextCursor } = await ctx.store.list(messages, 'customer', id, { ...query, keep: isShown });
    return { items: await shown(items, ctx), nextCursor };
  },
  markRead: async ({ params: { id = '' } }, ctx) => {
    const { now, store } = ctx;
    const [customer, message] = await Promise.all([callingCustomer(ctx), store.get(messages, { id })]);
    if (!message || message.customerId !== customer.id || !isShown(message)) throw messageNotFound();
    if (message.state === 'sent') {
      await store.commit(recorded(message, { state: 'opened', reason: null, permanent: false, machine: false }, now));
    }
    const [one] = await shown([{ ...message, state: 'opened' }], ctx);
    return one!;
  },
  addDevice: async ({ params: { id = '' }, body }, { now, store }) => {
    const customer = await needCustomer(store, id);
    const key = digestOf('push', body.token);
    const its = await devicesOf(customer.id, store);
    if (its.length >= mostDevices && !its.some(one => one.id === key)) throw tooManyDevices();
    const device = { id: key, customerId: customer.id as Message['customerId'], ...body, at: now };
    return store.commit([put(devices, device)], new Reply(201, device));
  },
  removeDevice: async ({ params: { id = '', deviceId = '' } }, { store }) => {
    const device = await store.need(devices, { id: deviceId });
    if (device.customerId !== (await needCustomer(store, id)).id) throw messageNotFound();
    return store.commit([remove(devices, device)], device);
  },
});
