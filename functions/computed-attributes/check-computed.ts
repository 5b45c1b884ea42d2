import { events as catalogue } from '#declared/events.ts';
import type { Computed, Definition, Operation } from '../customers/attributes/definition.ts';
import { isOwnType, trackedHint, typeOf } from '../shared/conditions/event-condition.ts';
import { keysOfEvent } from '../shared/conditions/event-keys.ts';
import { mostKeyBytes } from '../shared/events/event-index.ts';
import type { Problem } from '../shared/http/api-error.ts';
import { pathType } from '../shared/schema-path.ts';
import { durationMs } from '../shared/time/duration.ts';
import * as errors from './errors.ts';

type Bound = 'min' | 'max';
type Fields = Pick<Definition, 'type' | Bound | 'required'> & { computed: Computed };

const unfit = (problem: Problem, field: keyof Computed | 'type' | Bound | 'required', message: string) => {
  const path = ['type', 'min', 'max', 'required'].includes(field) ? field : `computed.${field}`;
  return problem(`${path}: ${message}`, { errors: [{ path, message }] });
};

const numbers = ['number', 'integer'];
const ordered = [...numbers, 'date', 'instant'];
const times = ['date', 'instant'];

/** the types of an operation's values; any but lists and free JSON where it takes values as they are */
const typesOf: Partial<Record<Operation, string[]>> = {
  count: numbers,
  sum: numbers,
  average: ['number'],
  min: ordered,
  max: ordered,
};

/** emitted when values change: an attribute would be computed from itself */
const own = ['customer.updated'];

const mustBeAnEvent = ({ computed: { event } }: Fields) => {
  if (!isOwnType(event)) return;
  const declared = catalogue.find(({ name }) => name === event);
  if (!declared) {
    throw unfit(errors.eventUnknown, 'event', `there is no event ${event}${trackedHint(event)}`);
  }
  if (declared.context === 'timers' || own.includes(event)) {
    throw unfit(
      errors.eventUnfit,
      'event',
      `attributes cannot be computed from ${event}: it is not an action of a customer`,
    );
  }
};

const mustHaveFittingType = ({ type = 'json', computed: { operation, path }, ...fields }: Fields) => {
  const fitting = typesOf[operation];
  if (fitting && !fitting.includes(type)) {
    throw unfit(errors.operationUnfit, 'operation', `${operation} gives ${fitting.join(' or ')}, not ${type}`);
  }
  if (type === 'json' || type === 'list') throw unfit(errors.operationUnfit, 'type', `${type} cannot be computed`);
  if (!fitting && !path && !times.includes(type)) {
    throw unfit(errors.pathNeeded, 'path', `without a path, ${operation} gives a time: a date or an instant`);
  }
  const bound = (['min', 'max'] as const).find(name => fields[name] !== undefined);
  if (bound && ['count', 'sum', 'average'].includes(operation)) {
    throw unfit(errors.operationUnfit, bound, `the result of ${operation} cannot be limited`);
  }
};

const mustHaveFittingPath = ({ type, computed }: Fields) => {
  const { operation, path } = computed;
  if (operation === 'count') {
    if (path !== undefined) throw unfit(errors.pathUnfit, 'path', 'is not allowed with count: events are counted');
    return;
  }
  if (path === undefined) {
    if (operation === 'first' || operation === 'last') return;
    throw unfit(errors.pathNeeded, 'path', `${operation} needs the path of a value in the event`);
  }
  const event = typeOf(computed.event);
  const declared = catalogue.find(({ name }) => name === event);
  const found = declared && pathType(declared.data, path.split('.'));
  if (!found) throw unfit(errors.pathUnknown, 'path', `${event} has no ${path}`);
  if ((operation === 'sum' || operation === 'average') && found !== 'number') {
    throw unfit(errors.pathUnfit, 'path', `${path} of ${event} is not a number`);
  }
  if (found === 'composite' && type !== 'money') {
    throw unfit(errors.pathUnfit, 'path', `${path} of ${event} has parts: name one of them`);
  }
};

const mostDays = 366;

const daysOf = (within: string) => {
  try {
    return durationMs(within) / 86_400_000;
  } catch {
    return 0;
  }
};

const mustBeDays = ({ computed: { within } }: Fields) => {
  if (within === undefined) return;
  const days = daysOf(within);
  if (Number.isInteger(days) && days >= 1 && days <= mostDays) return;
  throw unfit(errors.withinUnfit, 'within', `must be a number of whole days, 1 to ${mostDays}, such as P30D`);
};

/** filed in one transaction, with room for the rest of it */
const mostKeys = 20;

const mustBeFiled = ({ computed }: Fields) => {
  const keys = keysOfEvent(computed);
  if (keys.length <= mostKeys && keys.every(key => Buffer.byteLength(key) <= mostKeyBytes)) return;
  const message = `names more than ${mostKeys} events, or one in more than ${mostKeyBytes} bytes`;
  throw unfit(errors.whereUnfit, 'where', message);
};

export const checkComputed = (fields: Fields): void => {
  if (fields.required) {
    throw unfit(errors.computedRequired, 'required', 'a computed attribute cannot be required from clients');
  }
  mustBeAnEvent(fields);
  mustHaveFittingType(fields);
  mustHaveFittingPath(fields);
  mustBeDays(fields);
  mustBeFiled(fields);
};
