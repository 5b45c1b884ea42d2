import { type Choices, type Constraint, type Match, type Option, valuesOf } from './options.ts';

/** stands for no value of an option that is not required */
const none = '';

type Values = ReadonlySet<string>;
type Domains = ReadonlyMap<string, Values>;
type Literal = { option: string; values: Values };
/** any: one of them holds · atMost: so many of them hold; `nth`: of the constraint that it is from */
type Rule = { nth: number } & ({ any: Literal[] } | { atMost: number; of: Literal[] });

export type Model = { options: Option[]; domains: Domains; rules: Rule[] };

const without = (values: Values, others: Values): Values => new Set([...values].filter(value => !others.has(value)));
const common = (values: Values, others: Values): Values => new Set([...values].filter(value => others.has(value)));

const literals = (match: Match = {}): Literal[] =>
  Object.entries(match).map(([option, values]) => ({ option, values: new Set(valuesOf(values)) }));

const domainOf = ({ values, required }: Option) =>
  new Set([...values.map(({ id }) => id), ...(required ? [] : [none])]);

/** The options and constraints of a product as domains and rules over them. */
export const modelOf = ({ options, constraints }: { options: Option[]; constraints: Constraint[] }): Model => {
  const domains = new Map(options.map(option => [option.id, domainOf(option)]));
  const others = ({ option, values }: Literal): Literal => ({
    option,
    values: without(domains.get(option) ?? new Set(), values),
  });
  const rules = constraints.flatMap((constraint, nth): Rule[] => {
    if (constraint.atMost !== undefined) return [{ nth, atMost: constraint.atMost, of: literals(constraint.of) }];
    const unless = literals(constraint.if).map(others);
    const then = [...literals(constraint.requires), ...literals(constraint.excludes).map(others)];
    return then.map(literal => ({ nth, any: [...unless, literal] }));
  });
  return { options, domains, rules };
};

type State = { domains: Map<string, Values>; broken?: number; changed: boolean };

const left = ({ domains }: State, { option, values }: Literal) => common(domains.get(option) ?? new Set(), values);

const isPossible = (state: State, literal: Literal) => left(state, literal).size > 0;
const isCertain = (state: State, literal: Literal) =>
  left(state, literal).size === state.domains.get(literal.option)?.size;

const restrict = (state: State, option: string, to: Values) => {
  if (to.size === state.domains.get(option)?.size) return;
  state.domains.set(option, to);
  state.changed = true;
};

const applyAny = (state: State, any: Literal[]): boolean => {
  const possible = any.filter(literal => isPossible(state, literal));
  const [only] = possible;
  if (!only) return false;
  if (possible.length === 1) restrict(state, only.option, left(state, only));
  return true;
};

const applyAtMost = (state: State, { atMost, of }: { atMost: number; of: Literal[] }): boolean => {
  const certain = of.filter(literal => isCertain(state, literal));
  if (certain.length > atMost) return false;
  if (certain.length < atMost) return true;
  for (const { option, values } of of.filter(literal => !certain.includes(literal)))
    restrict(state, option, without(state.domains.get(option) ?? new Set(), values));
  return true;
};

const chosenIn = (domains: Domains, choices: Choices): State['domains'] => {
  const narrowed = new Map(domains);
  for (const [option, value] of Object.entries(choices)) narrowed.set(option, new Set([value]));
  return narrowed;
};

/** what the rules leave of the domains, without trying anything; `broken`: the constraint that leaves nothing */
const propagated = (domains: State['domains'], rules: Rule[]): State => {
  const state: State = { domains: new Map(domains), changed: true };
  while (state.changed) {
    state.changed = false;
    const broken = rules.find(rule => !('any' in rule ? applyAny(state, rule.any) : applyAtMost(state, rule)));
    if (broken) return { ...state, broken: broken.nth };
  }
  return state;
};

/** how often a question about a product may be guessed at, before it is too complex */
const mostTries = 20_000;

export class TooComplex extends Error {}

/** Answers questions about what can be chosen; all of one solver share its tries. */
export const solverOf = ({ domains, rules }: Model, allowed = rules) => {
  let tries = 0;

  const search = (from: State['domains']): Choices | undefined => {
    tries += 1;
    if (tries > mostTries) throw new TooComplex();
    const state = propagated(from, allowed);
    if (state.broken !== undefined) return undefined;
    const open = [...state.domains].filter(([, values]) => values.size > 1).sort(([, a], [, b]) => a.size - b.size)[0];
    if (!open) return Object.fromEntries([...state.domains].map(([option, [value = none]]) => [option, value]));
    const [option, values] = open;
    for (const value of values) {
      const found = search(new Map(state.domains).set(option, new Set([value])));
      if (found) return found;
    }
    return undefined;
  };

  return {
    /** a whole configuration with these choices */
    solution: (choices: Choices) => search(chosenIn(domains, choices)),
    /** the constraint that these choices break, as far as that shows without trying */
    brokenBy: (choices: Choices) => propagated(chosenIn(domains, choices), allowed).broken,
  };
};

export type Choosable = { option: string; value: string; broken?: number | undefined; possible: boolean };

/** Of every value of every option, whether a whole configuration has it beside the other choices. */
export const choosable = (model: Model, choices: Choices = {}): Choosable[] => {
  const solver = solverOf(model);
  const covered = new Set<string>();
  return model.options.flatMap(({ id: option, values }) => {
    const { [option]: _, ...others } = choices;
    return values.map(({ id: value }): Choosable => {
      const wanted = { ...others, [option]: value };
      const isCovered = choices[option] === undefined && covered.has(`${option} ${value}`);
      const found = isCovered ? undefined : solver.solution(wanted);
      if (found && choices[option] === undefined)
        for (const [other, one] of Object.entries(found)) covered.add(`${other} ${one}`);
      const possible = isCovered || found !== undefined;
      return { option, value, possible, broken: possible ? undefined : solver.brokenBy(wanted) };
    });
  });
};

/** the first constraint with which, after those before it, nothing can be chosen any more */
export const firstImpossible = (model: Model): number | undefined => {
  if (solverOf(model).solution({})) return undefined;
  const all = [...new Set(model.rules.map(({ nth }) => nth))];
  return all.find(
    nth =>
      !solverOf(
        model,
        model.rules.filter(rule => rule.nth <= nth),
      ).solution({}),
  );
};

/** the constraint that closes a circle of `requires`, and the values of the circle */
export const requiredInCircle = (constraints: Constraint[]): { nth: number; circle: string[] } | undefined => {
  const named = (match: Match = {}) =>
    Object.entries(match).flatMap(([option, values]) => valuesOf(values).map(value => `${option}=${value}`));
  const edges = constraints.flatMap(({ if: when, requires }, nth) =>
    named(when).flatMap(from => named(requires).map(to => ({ from, to, nth }))),
  );
  const next = Map.groupBy(edges, ({ from }) => from);
  const done = new Set<string>();
  const visit = (at: string, way: string[]): { nth: number; circle: string[] } | undefined => {
    if (done.has(at)) return undefined;
    for (const { to, nth } of next.get(at) ?? []) {
      const begins = [...way, at].indexOf(to);
      if (begins >= 0) return { nth, circle: [...[...way, at].slice(begins), to] };
      const found = visit(to, [...way, at]);
      if (found) return found;
    }
    done.add(at);
    return undefined;
  };
  for (const from of next.keys()) {
    const found = visit(from, []);
    if (found) return found;
  }
  return undefined;
};
