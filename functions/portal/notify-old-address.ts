import { messageRequested } from '../../events/message.ts';
import { voiceFor, written } from '../consent/service-mail.ts';
import { customerById } from '../customers/reads.ts';
import { consume } from '../shared/events/consume.ts';
import type { Reaction } from '../shared/http/contract.ts';
import { emit } from '../shared/store/changes.ts';
import { subscriptions } from './contract.ts';

const texts = {
  email: { subject: '{{ words.addressSubject }}', body: '{{ words.addressText }}' },
  phone: { body: '{{ tenant.name }}: {{ words.addressText }}' },
};

const notifyOldAddress: Reaction<typeof subscriptions.notifyOldAddress> = async (
  { id, customerId, data },
  { store },
) => {
  const customer = customerId ? await customerById(store, customerId) : undefined;
  if (!customer) return;
  const { attribute, from: to } = data;
  const { words } = await voiceFor(store, customer);
  const channel = attribute === 'email' ? ('email' as const) : ('sms' as const);
  const message = { channel, topic: null, to, cause: customer.id, step: `address changed ${id}` };
  const about = customer.id;
  await store.commit([
    emit(messageRequested, { customerId: about, about, data: { ...message, ...written(words, texts[attribute], {}) } }),
  ]);
};

export const reaction = consume('notifyOldAddress', subscriptions.notifyOldAddress, notifyOldAddress);
