import * as z from 'zod';
import { Channel, type ConsentStatus, channels, Topic } from '../../events/customer.ts';
import type { Consent } from '../consent/consent.ts';
import type { StoredCustomer } from '../customers/customer.ts';
import { Instant } from '../shared/http/contract.ts';

export const Contactability = z.array(
  z.object({
    channel: Channel,
    address: z.string().nullable().describe('null: unknown, or the channel needs none'),
    unreachable: z
      .object({ reason: z.string(), since: Instant })
      .nullable()
      .describe('why nothing is sent to the address, and since when: a hard bounce or a complaint'),
    preferred: z.boolean(),
    granted: z.array(Topic),
    withdrawn: z.array(Topic),
  }),
);

type ConsentState = Pick<z.output<typeof Consent>, 'channel' | 'topic' | 'status'>;
type Status = z.output<typeof ConsentStatus>;

const postal = ({ address = {} }: StoredCustomer) =>
  address.line1
    ? [address.line1, address.line2, address.postcode, address.locality, address.country].filter(Boolean).join(', ')
    : undefined;

const addresses: Partial<Record<z.output<typeof Channel>, (customer: StoredCustomer) => string | undefined>> = {
  email: ({ email }) => email,
  sms: ({ phone }) => phone,
  whatsapp: ({ phone }) => phone,
  phone: ({ phone }) => phone,
  post: postal,
};

type Unreachable = { channel: string; address: string; reason: string; at: string };

const unreachableAt = (channel: string, address: string | null, failed: Unreachable[]) => {
  const [first] = failed
    .filter(one => one.channel === channel && one.address.toLowerCase() === address?.toLowerCase())
    .sort((a, b) => (a.at < b.at ? -1 : 1));
  return first ? { reason: first.reason, since: first.at } : null;
};

export const contactability = (
  customer: StoredCustomer,
  consents: ConsentState[],
  failed: Unreachable[] = [],
): z.output<typeof Contactability> =>
  channels.flatMap(channel => {
    const own = consents.filter(consent => consent.channel === channel);
    const address = addresses[channel]?.(customer) ?? null;
    if (address === null && !own.length) return [];
    const topics = (status: Status) => own.filter(consent => consent.status === status).map(({ topic }) => topic);
    const preferred = customer.preferredChannel === channel;
    const unreachable = unreachableAt(channel, address, failed);
    return [{ channel, address, unreachable, preferred, granted: topics('granted'), withdrawn: topics('withdrawn') }];
  });
