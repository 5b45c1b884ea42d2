import { createRequire } from 'node:module';
import type { Context, Liquid, TagToken, TopLevelToken } from 'liquidjs';
import { isObject } from '../json.ts';
import { isTimeZone } from '../time/zone.ts';
import { markupFault } from './liquid-grammar.ts';

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

const numberIn = (value: unknown) => Number(value) || 0;

/** without what binary fractions add: 7.9, not 7.8999999999999995 */
const exact = (value: number) => Number(value.toPrecision(15));

const dividing = (divide: (a: number, b: number) => number) => (left: unknown, right: unknown) => {
  const [a, b] = [numberIn(left), numberIn(right)];
  if (b === 0) throw new Error('divided by 0');
  return exact(divide(a, b));
};

const isWhole = (value: unknown) => Number.isInteger(numberIn(value)) && !String(value).includes('.');

const filters = {
  plus: (a: unknown, b: unknown) => exact(numberIn(a) + numberIn(b)),
  minus: (a: unknown, b: unknown) => exact(numberIn(a) - numberIn(b)),
  times: (a: unknown, b: unknown) => exact(numberIn(a) * numberIn(b)),
  /** whole numbers give a whole number */
  divided_by: (left: unknown, right: unknown) =>
    dividing((a, b) => (isWhole(left) && isWhole(right) ? Math.floor(a / b) : a / b))(left, right),
  modulo: dividing((a, b) => a - b * Math.floor(a / b)),
  size: (value: unknown) =>
    isObject(value) ? Object.keys(value).length : ((value as string | undefined)?.length ?? 0),
  base64_url_safe_encode: (text: unknown) =>
    Buffer.from(String(text ?? ''))
      .toString('base64')
      .replaceAll('+', '-')
      .replaceAll('/', '_'),
  base64_url_safe_decode: (text: unknown) => Buffer.from(String(text ?? ''), 'base64url').toString(),
};

const unseenBlocks = ['comment', 'doc'];

/** a block that is not shown; within it the same may stand */
const unseen = (name: string) => ({
  parse(this: object, begin: TagToken, rest: TopLevelToken[]) {
    let depth = 1;
    for (let token = rest.shift(); token; token = rest.shift()) {
      if (tagOf(token) === name) depth++;
      if (tagOf(token) === `end${name}` && --depth === 0) return;
    }
    throw new Error(`tag ${begin.getText()} not closed`);
  },
  render: () => {},
});

const tagOf = (token: object): string | undefined => ('name' in token ? String(token.name) : undefined);

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
  for (const [name, filter] of Object.entries(filters)) liquid.registerFilter(name, filter);
  for (const block of unseenBlocks) liquid.registerTag(block, unseen(block));
  const date = liquid.filters.date as DateFilter;
  liquid.registerFilter('date', function (this: Filter, value: unknown, format?: unknown, zone?: unknown) {
    return date.call(this, value, format, isDay(value) ? 'UTC' : (zone ?? zoneIn(this.context)));
  });
  const split = liquid.filters.split as (this: Filter, text: unknown, by: unknown) => unknown;
  liquid.registerFilter('split', function (this: Filter, text: unknown, by: unknown) {
    const isWords = by === ' ' && typeof text === 'string'; // at any white space, as in Ruby
    return split.call(this, isWords ? text.trim().replace(/\s+/g, ' ') : text, by);
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

const endings = new Set(['else', 'elsif', 'when', '#']);

/** the tokens of a template, those within a `liquid` tag in its place, without what comments contain */
const shownTokens = (tokens: TopLevelToken[], { options }: Liquid): TopLevelToken[] => {
  const shown: TopLevelToken[] = [];
  let within: string | undefined;
  for (const token of tokens) {
    const tag = tagOf(token);
    if (within) within = tag === `end${within}` ? undefined : within;
    else if (tag && unseenBlocks.includes(tag)) within = tag;
    else if (tag === 'liquid') {
      const inner = (token as TagToken).tokenizer.readLiquidTagTokens(options);
      shown.push(...shownTokens(inner as unknown as TopLevelToken[], { options } as Liquid));
    } else shown.push(token);
  }
  return shown;
};

const tokenFault = (token: TopLevelToken, { filters: known, tags }: Liquid): string | undefined => {
  const names = new Set(Object.keys(known));
  const tag = tagOf(token);
  if (tag === undefined) return 'content' in token ? markupFault(String(token.content), names) : undefined;
  if (!(tag in tags) && !endings.has(tag) && !tag.startsWith('end')) return `tag "${tag}" not found`;
  return markupFault((token as TagToken).args, names, tag);
};

/** what the engine passes over, of every tag and output */
const markupFaults = (template: string): ({ message: string } & Place)[] => {
  const liquid = engine('text');
  const tokens = faulty(() => new (load().Tokenizer)(template).readTopLevelTokens(liquid.options));
  return shownTokens(tokens, liquid).flatMap(token => {
    const message = tokenFault(token, liquid);
    const [line = 1, column = 1] = token.getPosition();
    return message ? [{ message: `${message}, line:${line}, col:${column}`, line, column }] : [];
  });
};

/** what is wrong with a template's syntax, with its places */
export const syntaxFaults = (template: string): ({ message: string } & Partial<Place>)[] => {
  try {
    const found = template.length > limits.parseLimit ? [] : markupFaults(template);
    if (!found.length) faulty(() => engine('text').parse(template));
    return found;
  } catch (error) {
    if (error instanceof LiquidFault) return [{ message: error.message, ...placeIn(error.message) }];
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
