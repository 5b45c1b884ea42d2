import * as z from 'zod';
import { Channel, type ConsentStatus, channels, Topic } from '../../events/customer.ts';
import type { Consent } from '../consent/consent.ts';
import type { StoredCustomer } from '../customers/customer.ts';
import { Instant } from '../shared/http/contract.ts';

/** On which channels a customer can be reached, and what it agreed to hear there. */
export const Contactability = z.array(
  z.object({
    channel: Channel,
    address: z.string().nullable().describe('where it is reached; null: not known, or the channel needs none'),
    unreachable: z
      .object({ reason: z.string(), since: Instant })
      .nullable()
      .describe(
        'that a message to the address came back for good or was complained of, and since when nothing is sent there',
      ),
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

/** an address that messages came back from, as the record of it tells */
type CameBack = { channel: string; address: string; reason: string; at: string };

/** since when the address of a channel is no use, and why */
const unreachableAt = (channel: string, address: string | null, failed: CameBack[]) => {
  const [first] = failed
    .filter(one => one.channel === channel && one.address.toLowerCase() === address?.toLowerCase())
    .sort((a, b) => (a.at < b.at ? -1 : 1));
  return first ? { reason: first.reason, since: first.at } : null;
};

/** channels that have an address, or a word of the customer on them */
export const contactability = (
  customer: StoredCustomer,
  consents: Word[],
  failed: CameBack[] = [],
): z.output<typeof Contactability> =>
  channels.flatMap(channel => {
    const said = consents.filter(word => word.channel === channel);
    const address = addresses[channel]?.(customer) ?? null;
    if (address === null && !said.length) return [];
    const topics = (status: Status) => said.filter(word => word.status === status).map(({ topic }) => topic);
    const preferred = customer.preferredChannel === channel;
    const unreachable = unreachableAt(channel, address, failed);
    return [{ channel, address, unreachable, preferred, granted: topics('granted'), withdrawn: topics('withdrawn') }];
  });
