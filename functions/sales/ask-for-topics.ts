import { customers } from '../customers/customer.ts';
import { customerById } from '../customers/reads.ts';
import { consume } from '../shared/events/consume.ts';
import { remove } from '../shared/store/changes.ts';
import { subscriptions } from './contract.ts';
import { askedTopics, forms } from './forms/form.ts';
import { askFor } from './forms/forms.ts';

export const reaction = consume('askForTopics', subscriptions.askForTopics, async ({ about, customerId }, ctx) => {
  const { store } = ctx;
  const asked = await store.get(askedTopics, { id: about as `lead_${string}` });
  const found = asked && customerId ? await customerById(store, customerId) : undefined;
  if (!asked || !found) return;
  const [form, customer] = await Promise.all([
    store.get(forms, { id: asked.formId }),
    store.get(customers, { id: found.id }),
  ]);
  const changes = form && customer?.email ? await askFor(asked.topics, customer, form, ctx) : [];
  await store.commit([remove(askedTopics, asked), ...changes]);
});
