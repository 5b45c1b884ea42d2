import { customerSeenBy } from '../customers/reads.ts';
import { Refusal } from '../shared/http/api-error.ts';
import type { UseCase } from '../shared/http/contract.ts';
import { compose } from '../shared/text/compose.ts';
import { LiquidFault } from '../shared/text/liquid.ts';
import type { routes } from './contract.ts';
import { templates } from './template.ts';

export const previewTemplate: UseCase<typeof routes.previewTemplate> = async (
  { params: { id = '' }, body: { customerId, event = {} } },
  ctx,
) => {
  const { tenant, scopes, store } = ctx;
  if (customerId && !scopes.has('customers.read')) {
    throw new Refusal('forbidden', 'scope.missing', 'to name a customer this needs the scope customers.read');
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
    if (error instanceof LiquidFault) throw new Refusal('invalid', 'template.not-rendered', error.message);
    throw error;
  }
};
