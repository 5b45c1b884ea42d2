import * as z from 'zod';
import { Channel, Topic } from '../../events/customer.ts';
import { CustomerId } from '../../events/ids.ts';
import { Instant } from '../shared/http/contract.ts';

/** What would be decided about a message to a customer at this instant, for each channel and topic of which anything is known. */
export const Contactability = z.object({
  customerId: CustomerId,
  preferredChannel: Channel.nullable(),
  /** when it was last written to on a topic, within the longest time that a frequency cap counts */
  lastSentAt: Instant.nullable(),
  channels: z.array(
    z.object({
      channel: Channel,
      suppressed: z
        .object({ reason: z.string(), since: Instant })
        .nullable()
        .describe('why nothing is sent to the address any more, such as a bounce or a complaint, and since when'),
      /** a message that needs no consent */
      transactional: z.object({ outcome: z.enum(['send', 'skip', 'hold']), reason: z.string() }),
      topics: z.array(z.object({ topic: Topic, outcome: z.enum(['send', 'skip', 'hold']), reason: z.string() })),
    }),
  ),
});
export type Contactability = z.output<typeof Contactability>;
