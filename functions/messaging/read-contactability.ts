import { channels } from '../../events/customer.ts';
import { customerWithConsents } from '../customer-facts/reads.ts';
import { needCustomer } from '../customers/reads.ts';
import type { Handler } from '../shared/http/contract.ts';
import { chooseOutcome, type Known } from './choose-outcome.ts';
import { contactOf, suppressions } from './contact.ts';
import type { routes } from './contract.ts';
import { messagingSettings } from './settings.ts';
import { addressOn } from './what-is-known.ts';

type Standing = Omit<Known, 'request'>;

const judged = (known: Standing, channel: string, topic: string | null) => {
  const outcome = chooseOutcome({ ...known, request: { channel, topic } });
  return { outcome: outcome.do, reason: outcome.do === 'send' ? outcome.reasons.join('; ') : outcome.reason };
};

export const readContactability: Handler<typeof routes.readContactability> = async (
  { params: { id = '' } },
  { now, store },
) => {
  const customer = await needCustomer(store, id);
  const [known, contact, settings] = await Promise.all([
    customerWithConsents(store, customer.id),
    contactOf(store, customer.id),
    store.get(messagingSettings, {}),
  ]);
  const consents = known?.consents ?? [];
  const shown = channels.filter(
    channel => addressOn(customer, channel) !== undefined || consents.some(consent => consent.channel === channel),
  );
  const suppressed = await Promise.all(
    shown.map(async channel => {
      const address = addressOn(customer, channel);
      return address === undefined ? undefined : store.get(suppressions, { channel, address });
    }),
  );
  const by = shown.map((channel, nth) => {
    const standing: Standing = {
      to: addressOn(customer, channel),
      customerZone: customer.timeZone,
      consents,
      suppression: suppressed[nth],
      settings: settings ?? { frequencyCaps: [] },
      now,
      optOuts: contact.optOuts,
      sends: contact.sends,
    };
    const { suppression } = standing;
    const topics = consents.filter(consent => consent.channel === channel).map(({ topic }) => topic);
    return {
      channel,
      suppressed: suppression ? { reason: suppression.reason, since: suppression.at } : null,
      transactional: judged(standing, channel, null),
      topics: topics.sort().map(topic => ({ topic, ...judged(standing, channel, topic) })),
    };
  });
  const lastSentAt =
    contact.sends
      .map(({ at }) => at)
      .sort()
      .at(-1) ?? null;
  return { customerId: customer.id, preferredChannel: customer.preferredChannel ?? null, lastSentAt, channels: by };
};
