import { newId } from '../../../events/ids.ts';
import { configurationSaved } from '../../../events/product.ts';
import { callingCustomer } from '../../customers/active-customer.ts';
import { needCustomer } from '../../customers/reads.ts';
import { invalid } from '../../shared/http/api-error.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { handlers } from '../../shared/http/contract.ts';
import { notFound } from '../../shared/http/errors.ts';
import { created, eventOf, insert } from '../../shared/store/changes.ts';
import { readById } from '../../shared/store/records.ts';
import { type Configuration, configurations } from './configuration.ts';
import type { Choices } from './options.ts';
import { configurationRoutes } from './product-routes.ts';
import { configure } from './read-products.ts';

type Given = { choices: Choices; name?: string | undefined };

const save = async (productId: string, { choices, name }: Given, customerId: Configuration['customerId'], ctx: Ctx) => {
  const { product, valid, complete, errors, image } = await configure(ctx.store, productId, choices);
  if (!valid) throw invalid(errors.map(({ path, message }) => ({ path, message })));
  const { id, sku } = product;
  const saved: Configuration = created(ctx.now, {
    ...{ id: newId('configuration', ctx.now), productId: id, sku, customerId, name, choices, complete, image },
    by: ctx.actor,
  });
  return ctx.store.commit([insert(configurations, saved), eventOf(configurationSaved, saved)], saved);
};

export const configurationHandlers = handlers(configurationRoutes, {
  saveConfiguration: async ({ params: { id = '' }, body: { customerId, ...given } }, ctx) =>
    save(id, given, customerId ? (await needCustomer(ctx.store, customerId)).id : null, ctx),
  readConfiguration: readById(configurations),
  configurationsOfCustomer: async ({ params: { id = '' }, query }, { store }) =>
    store.belonging(configurations, (await needCustomer(store, id)).id, query),
  configureAsCustomer: async ({ params: { id = '' }, body: { choices } }, ctx) => {
    await callingCustomer(ctx);
    return configure(ctx.store, id, choices);
  },
  saveMyConfiguration: async ({ params: { id = '' }, body }, ctx) =>
    save(id, body, (await callingCustomer(ctx)).id, ctx),
  listMyConfigurations: async ({ query }, ctx) =>
    ctx.store.belonging(configurations, (await callingCustomer(ctx)).id, query),
  readMyConfiguration: async ({ params: { id = '' } }, ctx) => {
    const [me, found] = await Promise.all([callingCustomer(ctx), ctx.store.need(configurations, { id })]);
    if (found.customerId !== me.id) throw notFound('configuration')();
    return found;
  },
});
