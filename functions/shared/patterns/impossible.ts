import type * as z from 'zod';
import { isOwnType, trackedHint } from '../conditions/event-condition.ts';
import type { FieldError } from '../http/api-error.ts';
import { pathType, unknownPart } from '../schema-path.ts';
import { didYouMean } from '../text/did-you-mean.ts';
import { branchesOf } from './branches.ts';
import type { Condition } from './match.ts';

/** a kind of events: the texts that all have at some paths, and the schema of the whole event */
export type EventKind = { fixed: Record<string, string>; schema: z.ZodType };

const words: Record<string, string> = { 'detail-type': 'event', source: 'source' };

const unknownTexts = ({ path, exact = [] }: Condition, kinds: EventKind[]): FieldError[] => {
  const known = new Set(kinds.map(({ fixed }) => fixed[path] ?? ''));
  return exact
    .filter(text => !known.has(text))
    .map(text => {
      const isName = path === 'detail-type' && !isOwnType(text);
      const hint = isName ? trackedHint(text) : didYouMean(text, known);
      return { path, message: `there is no ${words[path] ?? path} ${text}${hint}` };
    });
};

/** what is wrong with a path in all of some kinds; `parts`: it leads to a composite, which no pattern compares */
type PathFault = { message: string; parts?: true } | undefined;

const pathFault = (path: string, kinds: EventKind[]): PathFault => {
  const schemas = kinds.map(({ schema }) => schema);
  const names = path.split('.');
  const unknown = unknownPart(schemas, names);
  if (unknown) {
    const { at, names: known } = unknown;
    return { message: `the event has no ${at.join('.')}${didYouMean(at.at(-1) ?? '', known)}` };
  }
  const leads = schemas.map(schema => pathType(schema, names, { lists: true }));
  const isComposite = leads.every(type => type === undefined || type === 'composite');
  return isComposite ? { message: `${path} has parts: name one of them`, parts: true } : undefined;
};

/** a thousand branches name the same few paths */
type Known = Map<string, PathFault>;

const faultAt = ({ path, test }: Condition, kinds: EventKind[], known: Known): FieldError[] => {
  const key = `${path} ${kinds.map(({ fixed }) => Object.values(fixed)).join()}`;
  if (!known.has(key)) known.set(key, pathFault(path, kinds));
  const fault = known.get(key);
  // what has parts may be null
  return fault && !(fault.parts && test(null)) ? [{ path, message: fault.message }] : [];
};

const faultsOf = (branch: Condition[], kinds: EventKind[], known: Known): FieldError[] => {
  const isFixed = ({ path }: Condition) => kinds.some(({ fixed }) => path in fixed);
  const fixed = branch.filter(isFixed);
  const unknown = fixed.flatMap(condition => unknownTexts(condition, kinds));
  if (unknown.length) return unknown;
  const left = kinds.filter(kind => fixed.every(({ path, test }) => test(kind.fixed[path])));
  if (!left.length) return [{ path: fixed.map(({ path }) => path).join(', '), message: 'matches no event' }];
  return branch.filter(condition => !isFixed(condition)).flatMap(condition => faultAt(condition, left, known));
};

/** What makes a pattern, or an alternative of it, match none of some kinds of events: names that they do not have. */
export const impossibleIn = (pattern: unknown, kinds: EventKind[]): FieldError[] => {
  const known: Known = new Map();
  const all = branchesOf(pattern).flatMap(branch => faultsOf(branch, kinds, known));
  return [...new Map(all.map(fault => [`${fault.path} ${fault.message}`, fault])).values()];
};
