import type { Message } from './message.ts';

/** what every event about a message carries, and more */
export const about = <More extends object = object>(
  { id, customerId, channel, topic, cause }: Message,
  more: More = {} as More,
) => ({ customerId, about: id, data: { channel, topic, cause, ...more } });
