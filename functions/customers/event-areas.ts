import { type Condition, leavesOf } from '../shared/conditions/condition.ts';
import { type EventCondition, measures, typeOf } from '../shared/conditions/event-condition.ts';
import { messageTypes } from '../shared/conditions/message-condition.ts';
import { isOfAccount } from '../shared/conditions/needs.ts';
import { scopeMissing } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { type Area, mayRead } from '../shared/http/roles.ts';
import { bothOf, type Filter, isNotData, notOfNouns } from '../shared/store/filters.ts';

/** The area that events are about, by the noun of their type; other events of a timeline are about the customer itself. */
export const areasOfNouns: Record<string, Area> = {
  activity: 'activities',
  task: 'activities',
  appointment: 'activities',
  call: 'activities',
  commitment: 'activities',
  need: 'activities',
  asset: 'assets',
  reading: 'assets',
  warranty: 'assets',
  service: 'assets',
  document: 'documents',
  invoice: 'finance',
  payment: 'finance',
  credit: 'finance',
  'credit-note': 'finance',
  'list-member': 'lists',
  duplicate: 'merge',
  relationship: 'relationships',
  owner: 'relationships',
  'legal-hold': 'privacy',
  erasure: 'privacy',
  configuration: 'sales',
  approval: 'approvals',
  forecast: 'forecasts',
  form: 'sales',
  quota: 'forecasts',
  lead: 'sales',
  opportunity: 'sales',
  order: 'sales',
  quote: 'sales',
  cart: 'sales',
  case: 'service',
  article: 'service',
  inbound: 'service',
  question: 'service',
  'work-order': 'field',
  message: 'messages',
  tracked: 'tracking',
  session: 'tracking',
  visit: 'tracking',
  segment: 'marketing',
  trigger: 'marketing',
  journey: 'marketing',
  run: 'marketing',
  webhook: 'marketing',
  attributes: 'marketing',
  campaign: 'campaigns',
  offer: 'offers',
  points: 'loyalty',
  tier: 'loyalty',
  segmentation: 'marketing',
};

type Reader = Pick<Ctx, 'scopes'>;

export const nounOf = (type: string) => type.slice(0, type.indexOf('.'));

/** the nouns of the events that a caller may not read */
const withheldNouns = (reader: Reader) =>
  Object.keys(areasOfNouns).filter(noun => !mayRead(reader, areasOfNouns[noun] as Area));

const confidential = 'documents.confidential';

export const mayReadEvent = (reader: Reader, { type, data }: { type: string; data?: unknown }) => {
  const area = areasOfNouns[nounOf(type)];
  if (area !== undefined && !mayRead(reader, area)) return false;
  const { classification } = (data ?? {}) as { classification?: unknown };
  return classification !== 'confidential' || reader.scopes.has(confidential);
};

/** an event within the data of another one, as a caller may see it */
export const withinReach = (reader: Reader, event: Record<string, unknown>) => {
  const { id, type, occurredAt, data } = event;
  return typeof type !== 'string' || mayReadEvent(reader, { type, data }) ? event : { id, type, occurredAt };
};

/** of the events that a caller may read; undefined: all */
export const readableEvents = (reader: Reader): Filter | undefined => {
  const nouns = withheldNouns(reader);
  const classified = reader.scopes.has(confidential) ? undefined : isNotData('classification', 'confidential');
  return bothOf(nouns.length ? notOfNouns(nouns) : undefined, classified);
};

/** they carry contents, and events of any area */
const withContents = ['message.requested', 'journey.requested', 'webhook.requested'];

/** Refuses to compare what is in events of a type with values: whether it matches tells what they contain. */
export const rejectUnreadableData = (reader: Reader, type: string) => {
  const noun = nounOf(type);
  const area = areasOfNouns[noun];
  const needed = [
    ...(area ? [`${area}.read`] : []),
    ...(noun === 'document' ? [confidential] : []),
    ...(withContents.includes(type) ? ['messages.confidential'] : []),
  ];
  const missing = needed.filter(scope => !reader.scopes.has(scope));
  if (missing.length) {
    throw scopeMissing(
      `To compare the data of ${type.replace(/\.$/, '')} you need ${missing.join(' and ')}. Leave its data out, or name other events.`,
    );
  }
};

/** the types of the events whose data are compared */
const comparedTypes = ({ event, where, then, latest, ...more }: EventCondition) => [
  ...(where || latest || measures.some(name => more[name]) ? [typeOf(event)] : []),
  ...(then?.where ? [typeOf(then.event)] : []),
];

/** refuses a condition with a result that would reveal data of events, or an account, that the caller may not read */
export const rejectUnreadable = (reader: Reader, condition: Condition | undefined) => {
  for (const { leaf } of condition ? leavesOf(condition) : []) {
    if ('organisation' in leaf) rejectUnreadable(reader, leaf.organisation);
    if ('event' in leaf) for (const type of comparedTypes(leaf)) rejectUnreadableData(reader, type);
    if ('record' in leaf && leaf.where) rejectUnreadableData(reader, `${leaf.record}.`);
    if ('message' in leaf) for (const type of messageTypes(leaf.message)) rejectUnreadableData(reader, type);
    if ('attribute' in leaf && isOfAccount(leaf.attribute) && !mayRead(reader, 'finance')) {
      throw scopeMissing(`A condition on ${leaf.attribute} needs the scope finance.read.`);
    }
  }
};
