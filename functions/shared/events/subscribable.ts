import { events } from '#declared/events.ts';

/** the types of the events that are no doing of customers or staff: what triggers and journeys bring about, and timers */
export const notSubscribable = events.filter(({ triggers }) => !triggers).map(({ name }) => name);

export const isSubscribable = (type: string) => !notSubscribable.includes(type);

/** what becomes of messages: journeys and other systems may hear of it */
const ofMessages = ['message.sent', 'message.delivered', 'message.failed', 'message.skipped'];

/** the types of events that are for ourselves alone */
export const internalTypes = notSubscribable.filter(type => !ofMessages.includes(type));
