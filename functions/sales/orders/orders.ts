import { newId } from '../../../events/ids.ts';
import { orderRestDue } from '../../../events/order.ts';
import { nextNumber } from '../../billing/series.ts';
import { redeemed } from '../../commerce/gift-cards/redeem.ts';
import { priceOf } from '../../commerce/price/price-of.ts';
import { namesOf } from '../../commerce/products/read-products.ts';
import { needCustomer } from '../../customers/reads.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { handlers, type Request } from '../../shared/http/contract.ts';
import { parse } from '../../shared/http/parse.ts';
import { type Change, insert, schedule, update } from '../../shared/store/changes.ts';
import { changeById, readById } from '../../shared/store/records.ts';
import { plusAtMost } from '../../shared/time/duration.ts';
import { nothingToBill } from '../errors.ts';
import { type Changed, refuseFuture } from '../fields.ts';
import { billed, refuseExcess } from './bill.ts';
import { billableOf, cancelledOrder, deliveredOrder, returnedOrder } from './fulfil.ts';
import { orders, type StoredOrder } from './order.ts';
import { changedOrder, newOrder } from './order-changes.ts';
import { OrderFields, orderRoutes } from './order-routes.ts';
import { orderSettings } from './order-settings.ts';
import { pricedOrder } from './priced-order.ts';
import { settled } from './settle.ts';

type New = Request<typeof orderRoutes.createOrder>['body'];

const written = (before: StoredOrder, { after, events }: Changed<StoredOrder>, more: Change[] = []) => ({
  after,
  changes: after === before ? [] : [update(orders, before, after), ...events, ...more],
});

/** an order at the prices of the catalogue, paid by the gift cards among its codes */
const placeOrder = async ({ customerId: given, number, lines, currency = '', ...asked }: New, ctx: Ctx) => {
  const { now, store } = ctx;
  const { id: customerId } = await needCustomer(store, given);
  const { country, region, channel, codes = [] } = asked;
  const wanted = lines.map(({ sku, quantity = 1, configuration }) => ({ sku, quantity, configuration }));
  const price = await priceOf({ currency, country, region, channel, codes, lines: wanted }, { customerId }, ctx);
  const id = newId('order', now);
  const cards = await redeemed(
    price.payments.map(({ code }) => code),
    { amount: price.gross, reference: id },
    ctx,
  );
  await refuseExcess(customerId, { amount: cards.due, currency }, ctx);
  const isTaken = async (one: string) => (await store.holder(orders, 'number', one)) !== undefined;
  const next = number === undefined ? await nextNumber(ctx, 'order', isTaken) : { number };
  const place = { id, customerId, number: next.number, payments: cards.payments };
  const { after, events } = pricedOrder(now, price, await namesOf(store, price.lines), place);
  const changes = [insert(orders, after), ...events, ...cards.changes, ...('change' in next ? [next.change] : [])];
  return store.commit(changes, after);
};

export const orderHandlers = handlers(orderRoutes, {
  createOrder: async ({ body }, ctx) => {
    if (body.currency !== undefined) return placeOrder(body, ctx);
    const { now, store } = ctx;
    const fields = parse(OrderFields, body);
    const { placedAt = now } = fields;
    refuseFuture(now, 'placedAt', placedAt);
    const { id: customerId } = await needCustomer(store, fields.customerId);
    const { after, events } = newOrder(now, { ...fields, customerId, id: newId('order', placedAt) });
    return store.commit([insert(orders, after), ...events], after);
  },
  findOrders: ({ query: { customerId, status, ...paging } }, { store }) =>
    store.list(orders, customerId ? 'customer' : 'all', customerId ?? 'all', {
      ...paging,
      keep: order => !status || order.status === status,
    }),
  listMyOrders: async ({ query }, { store, me }) => store.belonging(orders, (await needCustomer(store, me)).id, query),
  readOrder: readById(orders),
  changeOrder: changeById(orders, (before, { status }, { now }) => written(before, changedOrder(now, before, status))),
  deliverOrder: changeById(orders, async (before, delivery, ctx) => {
    const { now, store } = ctx;
    const { after: delivered, events } = deliveredOrder(now, before, delivery);
    const { customerId, total, restExpectedOn, id: about } = delivered;
    await refuseExcess(customerId, { ...total, amount: billableOf(delivered) }, ctx);
    const isBilled = (await orderSettings.of(store)).invoice === 'onDelivery';
    const { after, changes } = isBilled ? await billed(delivered, undefined, ctx) : { after: delivered, changes: [] };
    const dueAt = restExpectedOn && plusAtMost(`${restExpectedOn}T00:00:00Z`, 'P1D');
    const timers =
      dueAt && dueAt > now ? [schedule(dueAt, orderRestDue, { customerId, about, data: { restExpectedOn } })] : [];
    return written(before, { after, events }, [...changes, ...timers]);
  }),
  cancelOrder: changeById(orders, async (before, asked, ctx) => {
    const { after: undone, events } = cancelledOrder(ctx.now, before, asked);
    const { after, changes } = await settled(undone, asked.reason, ctx);
    return written(before, { after, events }, changes);
  }),
  returnOrder: changeById(orders, async (before, asked, ctx) => {
    const { after: undone, events } = returnedOrder(ctx.now, before, asked);
    const { after, changes } = await settled(undone, asked.reason, ctx);
    return written(before, { after, events }, changes);
  }),
  invoiceOrder: changeById(orders, async (before, { dueOn }, ctx) => {
    const { after, changes } = await billed({ ...before, version: before.version + 1, updatedAt: ctx.now }, dueOn, ctx);
    if (!changes.length) throw nothingToBill();
    return written(before, { after, events: [] }, changes);
  }),
  readOrderSettings: (_, { store }) => orderSettings.of(store),
  putOrderSettings: ({ body }, { store }) => orderSettings.replace(store, body),
});
