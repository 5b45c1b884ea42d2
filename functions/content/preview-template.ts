import { customerSeenBy } from '../customers/reads.ts';
import { ApiError } from '../shared/http/api-error.ts';
import type { Handler } from '../shared/http/contract.ts';
import { compose } from '../shared/text/compose.ts';
import { LiquidFault } from '../shared/text/liquid.ts';
import type { routes } from './contract.ts';
import { templates } from './template.ts';

export const previewTemplate: Handler<typeof routes.previewTemplate> = async (
  { params: { id = '' }, body: { customerId, event = {} } },
  ctx,
) => {
  const { tenant, scopes, store } = ctx;
  if (customerId && !scopes.has('customers.read')) {
    throw new ApiError('forbidden', 'scope.missing', 'to name a customer this needs the scope customers.read');
  }
  const template = await store.need(templates, { id });
  const customer = customerId ? await customerSeenBy(ctx, customerId) : {};
  try {
    const { subject, html, text } = compose(template, {
      customer,
      event,
      tenant: { name: tenant },
      unsubscribeUrl: 'https://unsubscribe.example/preview',
      preferencesUrl: 'https://preferences.example/preview',
    });
    return { subject: subject ?? null, html: html ?? null, text };
  } catch (error) {
    if (error instanceof LiquidFault) throw new ApiError('invalid', 'template.not-rendered', error.message);
    throw error;
  }
};
