import { createRequire } from 'node:module';
import type { Context } from 'liquidjs';
import { isTimeZone } from '../time/zone.ts';

// a sixth of a bundle, and few requests need it: loaded at first use, packed by lib/bundle.ts
const load = (): typeof import('liquidjs') => createRequire(import.meta.url)('liquidjs');

/** what one template may cost: characters parsed, things made while rendering, milliseconds, renders of its parts */
const limits = { parseLimit: 100_000, memoryLimit: 2_000_000, renderLimit: 500 };
const mostRenders = 100_000;

const foreign = ['include', 'render', 'layout', 'block'];

/** filters that evaluate a template of their own for every element, which no limit counts */
const unbounded = ['where_exp', 'reject_exp', 'group_by_exp', 'has_exp', 'find_exp', 'find_index_exp'];

type Filter = { context: Context };
type DateFilter = (this: Filter, value: unknown, format?: unknown, zone?: unknown) => unknown;

/** a date without a time is the same day in every zone */
const isDay = (value: unknown) => typeof value === 'string' && /^\s*\d{4}-\d{2}-\d{2}\s*$/.test(value);

/** the zone in which times are shown unless the template names one: the customer's, else the company's */
const zoneIn = ({ environments }: Context) => {
  const { customer, tenant } = environments as Record<string, { timeZone?: unknown } | undefined>;
  return [customer?.timeZone, tenant?.timeZone].find(zone => typeof zone === 'string' && isTimeZone(zone)) ?? 'UTC';
};

type Output = 'text' | 'html';

const newEngine = (output: Output) => {
  const { Liquid } = load();
  const liquid = new Liquid({
    ...limits,
    ...(output === 'html' ? { outputEscape: 'escape' as const } : {}),
    templates: {}, // and no file system
    ownPropertyOnly: true,
    strictFilters: true,
    timezoneOffset: 'UTC',
    locale: 'en',
  });
  for (const tag of foreign) delete liquid.tags[tag];
  for (const filter of unbounded) delete liquid.filters[filter];
  const date = liquid.filters.date as DateFilter;
  liquid.registerFilter('date', function (this: Filter, value: unknown, format?: unknown, zone?: unknown) {
    return date.call(this, value, format, isDay(value) ? 'UTC' : (zone ?? zoneIn(this.context)));
  });
  return liquid;
};

const engines: { [Name in Output]?: ReturnType<typeof newEngine> } = {};

const engine = (output: Output) => (engines[output] ??= newEngine(output));

export class LiquidFault extends Error {}

// a limit that is passed while parsing is an error of no common class
const isFault = (error: unknown): error is Error =>
  load().LiquidError.is(error) || (error instanceof Error && error.name === 'AssertionError');

const faulty = <T>(run: () => T): T => {
  try {
    return run();
  } catch (error) {
    if (isFault(error)) throw new LiquidFault(error.message, { cause: error });
    throw error;
  }
};

type Place = { line: number; column: number };

const placeIn = (message: string): Partial<Place> => {
  const [, line, column] = /, line:(\d+), col:(\d+)/.exec(message) ?? [];
  return line ? { line: Number(line), column: Number(column) } : {};
};

/** what is wrong with a template's syntax, with its place; undefined when nothing is */
export const syntaxFault = (template: string): ({ message: string } & Partial<Place>) | undefined => {
  try {
    faulty(() => engine('text').parse(template));
    return undefined;
  } catch (error) {
    if (error instanceof LiquidFault) return { message: error.message, ...placeIn(error.message) };
    throw error;
  }
};

/** The variables that a template reads and does not set itself, by their steps as far as these are written out. */
export const variablesIn = (template: string): ({ path: string[] } & Place)[] => {
  const { globals } = engine('text').analyzeSync(engine('text').parse(template), { partials: false });
  return Object.values(globals)
    .flat()
    .map(({ segments, location: { row, col } }) => {
      const dynamic = segments.findIndex(step => typeof step === 'object');
      const path = (dynamic < 0 ? segments : segments.slice(0, dynamic)).map(String);
      return { path, line: row, column: col };
    });
};

/** the variables that a template shows as they are, without a filter */
export const outputsIn = (template: string): string[] =>
  [...template.matchAll(/\{\{-?\s*([\w.]+)\s*-?\}\}/g)].map(([, path = '']) => path);

/** A rendered template; in `html` every output is escaped unless it ends in `| raw`. Throws LiquidFault. */
export const render = (template: string, scope: Record<string, unknown>, as: Output = 'text'): string =>
  faulty(() => {
    const liquid = engine(as);
    return liquid.renderSync(liquid.parse(template), scope, { templateLimit: mostRenders });
  });
