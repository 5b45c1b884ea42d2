import { events as catalogue } from '#declared/events.ts';
import type { Computed, Definition, Operation } from '../customers/attributes/definition.ts';
import { mostKeyBytes } from '../shared/events/event-index.ts';
import { ApiError } from '../shared/http/api-error.ts';
import { durationMs } from '../shared/time/duration.ts';
import { leadsTo } from './leads-to.ts';
import { isTypeOfOurs, keysOf, typeOf } from './meant.ts';

type Field = keyof Computed;
type Asked = Pick<Definition, 'type' | 'min' | 'max' | 'required'> & { computed: Computed };

const refused = (code: string, field: Field | 'type' | 'min' | 'max' | 'required', message: string) => {
  const path = ['type', 'min', 'max', 'required'].includes(field) ? field : `computed.${field}`;
  return new ApiError('invalid', `attribute.${code}`, `${path}: ${message}`, { errors: [{ path, message }] });
};

const numbers = ['number', 'integer'];
const ordered = [...numbers, 'date', 'instant'];
const times = ['date', 'instant'];

/** of which types values of an operation can be; any but lists and free JSON, where it takes values as they are */
const typesOf: Partial<Record<Operation, string[]>> = {
  count: numbers,
  sum: numbers,
  average: ['number'],
  min: ordered,
  max: ordered,
};

/** what is written when values change: it would compute from itself */
const own = ['customer.updated'];

const mustBeAnEvent = ({ computed }: Asked) => {
  const { event } = computed;
  if (!isTypeOfOurs(event)) return;
  const declared = catalogue.find(({ name }) => name === event);
  if (!declared) {
    const hint = `of a tracked event of that name say tracked.track, where event is ["${event}"]`;
    throw refused('event-unknown', 'event', `there is no event ${event}; ${hint}`);
  }
  if (declared.context === 'timers' || own.includes(event)) {
    throw refused('event-unfit', 'event', `nothing is computed from ${event}: it is not what customers do`);
  }
};

const mustHaveFittingType = ({ type = 'json', computed: { operation, path }, ...asked }: Asked) => {
  const fitting = typesOf[operation];
  if (fitting && !fitting.includes(type)) {
    throw refused('operation-unfit', 'operation', `${operation} gives ${fitting.join(' or ')}, never ${type}`);
  }
  if (type === 'json' || type === 'list') throw refused('operation-unfit', 'type', `no ${type} is computed`);
  if (!fitting && !path && !times.includes(type)) {
    throw refused('path-needed', 'path', `without one, ${operation} gives a time: a date or an instant`);
  }
  const bound = (['min', 'max'] as const).find(name => asked[name] !== undefined);
  if (bound && ['count', 'sum', 'average'].includes(operation)) {
    throw refused('operation-unfit', bound, `nothing bounds what ${operation} comes to`);
  }
};

const mustLeadSomewhere = ({ type, computed }: Asked) => {
  const { operation, path } = computed;
  if (operation === 'count') {
    if (path !== undefined) throw refused('path-unfit', 'path', 'does not belong with count: events are counted');
    return;
  }
  if (path === undefined) {
    if (operation === 'first' || operation === 'last') return;
    throw refused('path-needed', 'path', `${operation} needs the part of the event that it is of`);
  }
  const declared = catalogue.find(({ name }) => name === typeOf(computed));
  const found = declared && leadsTo(declared, path);
  if (!found) throw refused('path-unknown', 'path', `${typeOf(computed)} has no ${path}`);
  if ((operation === 'sum' || operation === 'average') && found !== 'number') {
    throw refused('path-unfit', 'path', `${path} of ${typeOf(computed)} is no number`);
  }
  if (found === 'parts' && type !== 'money') {
    throw refused('path-unfit', 'path', `${path} of ${typeOf(computed)} is in parts: name one of them`);
  }
};

const mostDays = 366;

const mustBeDays = ({ computed: { within } }: Asked) => {
  if (within === undefined) return;
  const days = (() => {
    try {
      return durationMs(within) / 86_400_000;
    } catch {
      return 0;
    }
  })();
  if (!Number.isInteger(days) || days < 1 || days > mostDays) {
    throw refused('within-unfit', 'within', `is a number of whole days, 1 to ${mostDays}, such as P30D`);
  }
};

/** filed in one transaction, with room for the rest of it */
const mostKeys = 20;

const mustBeFiled = ({ computed }: Asked) => {
  const keys = keysOf(computed);
  if (keys.length > mostKeys || keys.some(key => Buffer.byteLength(key) > mostKeyBytes)) {
    throw refused(
      'where-unfit',
      'where',
      `names more than ${mostKeys} events, or one in more than ${mostKeyBytes} bytes`,
    );
  }
};

/** refuses what cannot be computed, by the field that says so */
export const checkComputed = (asked: Asked): void => {
  if (asked.required) throw refused('computed-required', 'required', 'nobody can be asked for what is computed');
  mustBeAnEvent(asked);
  mustHaveFittingType(asked);
  mustLeadSomewhere(asked);
  mustBeDays(asked);
  mustBeFiled(asked);
};
