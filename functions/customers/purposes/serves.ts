import { isObject } from '../../shared/json.ts';
import type { Purpose } from './purpose.ts';

/** whether a path is one of some, within one of them, or around one of them */
const touches = (paths: readonly string[], path: string) =>
  paths.some(one => one === path || path.startsWith(`${one}.`) || one.startsWith(`${path}.`));

/** whether a purpose needs an attribute, or a part of it */
export const servesAttribute = ({ attributes }: Pick<Purpose, 'attributes'>, path: string): boolean =>
  touches(attributes, path);

/** whether a purpose needs the events of a type */
export const servesEvent = ({ events }: Pick<Purpose, 'events'>, type: string): boolean =>
  events.some(one => (one.endsWith('.*') ? type.startsWith(one.slice(0, -1)) : type === one));

/** what of a value lies at some paths: all of it where one ends here */
const at = (value: unknown, paths: string[][]): unknown => {
  if (paths.some(path => !path.length)) return value;
  if (!isObject(value)) return undefined;
  const parts = Object.entries(value).flatMap(([name, part]) => {
    const within = at(
      part,
      paths.filter(([head]) => head === name).map(([, ...rest]) => rest),
    );
    return within === undefined ? [] : [[name, within]];
  });
  return parts.length ? Object.fromEntries(parts) : undefined;
};

/** what of a record some attributes are, and what it always has */
export const onlyOf = <T extends object>(record: T, attributes: readonly string[], always: readonly (keyof T)[]): T => {
  const kept = at(
    record,
    attributes.map(path => path.split('.')),
  );
  const whole = Object.fromEntries(always.filter(name => name in record).map(name => [name, record[name]]));
  return { ...whole, ...(kept as object) } as T;
};
