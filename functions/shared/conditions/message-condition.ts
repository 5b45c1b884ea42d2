import * as z from 'zod';
import { Duration } from '../time/duration.ts';
import type { EventCondition } from './event-condition.ts';

/** the states that a message has come to when it is in one of them */
const reached = {
  sent: ['sent'],
  delivered: ['delivered', 'opened', 'clicked'],
  opened: ['opened', 'clicked'],
  clicked: ['clicked'],
  bounced: ['bounced'],
  complained: ['complained'],
  skipped: ['skipped'],
  held: ['held'],
  failed: ['failed'],
};
type State = keyof typeof reached;

const Id = z.string().min(1).max(200).optional();

/** that a message to the customer came to a state */
export const MessageCondition = z.strictObject({
  campaignId: Id,
  journeyId: Id,
  templateId: Id,
  state: z.enum(Object.keys(reached) as State[]),
  within: Duration.optional(),
});
export type MessageCondition = z.output<typeof MessageCondition>;

const machine = { machine: [{ exists: false }, false] };

/** what scanners open and click is not the customer's doing */
const ofPerson = (state: string) => (state === 'opened' || state === 'clicked' ? machine : {});

const whereOf = (state: string, ids: object) => {
  const named = Object.entries(ids).flatMap(([name, id]) => (id === undefined ? [] : [[name, [id]] as const]));
  const where = { ...Object.fromEntries(named), ...ofPerson(state) };
  return Object.keys(where).length ? where : undefined;
};

/** the types of the events that tell of a state */
export const messageTypes = ({ state }: MessageCondition) => reached[state].map(one => `message.${one}`);

const made = new WeakMap<MessageCondition, EventCondition[]>();

/** what a condition on messages asks of their events: one of these must hold */
export const messageEvents = (message: MessageCondition): EventCondition[] => {
  const { state, within, ...ids } = message;
  const events =
    made.get(message) ?? reached[state].map(one => ({ event: `message.${one}`, where: whereOf(one, ids), within }));
  made.set(message, events);
  return events;
};
