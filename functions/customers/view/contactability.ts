import * as z from 'zod';
import { Channel, type ConsentStatus, channels, Topic } from '../../../events/customer.ts';
import type { Consent, StoredCustomer } from '../customer.ts';

/** On which channels a customer can be reached, and what it agreed to hear there. */
export const Contactability = z.array(
  z.object({
    channel: Channel,
    address: z.string().nullable().describe('where it is reached; null: not known, or the channel needs none'),
    preferred: z.boolean(),
    granted: z.array(Topic),
    withdrawn: z.array(Topic),
  }),
);

type Word = Pick<z.output<typeof Consent>, 'channel' | 'topic' | 'status'>;
type Status = z.output<typeof ConsentStatus>;

const postal = ({ address = {} }: StoredCustomer) =>
  address.line1
    ? [address.line1, address.line2, address.postcode, address.locality, address.country].filter(Boolean).join(', ')
    : undefined;

/** where a customer is reached on a channel */
const addresses: Partial<Record<z.output<typeof Channel>, (customer: StoredCustomer) => string | undefined>> = {
  email: ({ email }) => email,
  sms: ({ phone }) => phone,
  whatsapp: ({ phone }) => phone,
  phone: ({ phone }) => phone,
  post: postal,
};

/** channels that have an address, or a word of the customer on them */
export const contactability = (customer: StoredCustomer, consents: Word[]): z.output<typeof Contactability> =>
  channels.flatMap(channel => {
    const said = consents.filter(word => word.channel === channel);
    const address = addresses[channel]?.(customer) ?? null;
    if (address === null && !said.length) return [];
    const topics = (status: Status) => said.filter(word => word.status === status).map(({ topic }) => topic);
    const preferred = customer.preferredChannel === channel;
    return [{ channel, address, preferred, granted: topics('granted'), withdrawn: topics('withdrawn') }];
  });
