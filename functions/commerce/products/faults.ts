import type { Choices, Constraint, Match, Option } from './options.ts';
import { imageOf, valuesOf } from './options.ts';
import { choosable, firstImpossible, modelOf, requiredInCircle, solverOf, TooComplex } from './solve.ts';

type Path = (string | number)[];
type Fault = { path: Path; message: string };

type Parts = { options: Option[]; constraints: Constraint[]; images: { when?: Match | undefined; key: string }[] };

const repeatedIds = (all: { id: string }[], path: Path): Fault[] =>
  all.flatMap(({ id }, nth) =>
    all.findIndex(one => one.id === id) < nth ? [{ path: [...path, nth, 'id'], message: `${id} is there twice` }] : [],
  );

/** names of options and values in a match that the product does not have */
const unknownIn = (match: Match | undefined, path: Path, options: Option[]): Fault[] =>
  Object.entries(match ?? {}).flatMap(([name, values]): Fault[] => {
    const option = options.find(({ id }) => id === name);
    if (!option) return [{ path: [...path, name], message: `there is no option ${name}` }];
    const known = new Set(option.values.map(({ id }) => id));
    const unknown = valuesOf(values).filter(value => !known.has(value));
    return unknown.map(value => ({ path: [...path, name], message: `the option ${name} has no value ${value}` }));
  });

const unknownNames = ({ options, constraints, images }: Parts): Fault[] => [
  ...constraints.flatMap((constraint, nth) =>
    (['if', 'requires', 'excludes', 'of'] as const).flatMap(name =>
      unknownIn(constraint[name], ['constraints', nth, name], options),
    ),
  ),
  ...images.flatMap(({ when }, nth) => unknownIn(when, ['images', nth, 'when'], options)),
];

/** what its constraints make impossible: everything, or single values */
const contradictions = (parts: Parts): Fault[] => {
  const circle = requiredInCircle(parts.constraints);
  if (circle) {
    const message = `requires in a circle: ${circle.circle.join(' → ')}`;
    return [{ path: ['constraints', circle.nth], message }];
  }
  const model = modelOf(parts);
  const nth = firstImpossible(model);
  if (nth !== undefined) return [{ path: ['constraints', nth], message: 'leaves nothing that can be chosen' }];
  return choosable(model).flatMap(({ option, value, possible, broken }) => {
    if (possible) return [];
    const at = parts.options.findIndex(({ id }) => id === option);
    const place = parts.options[at]?.values.findIndex(({ id }) => id === value) ?? 0;
    const by = broken === undefined ? '' : `: see constraints.${broken}`;
    return [{ path: ['options', at, 'values', place], message: `the constraints never let it be chosen${by}` }];
  });
};

const tooComplex = 'are too complex to be checked: use fewer that depend on each other';

/** What can never work of a product's options and constraints, with its place. */
export const productFaults = (parts: Parts): Fault[] => {
  const structure = [
    ...repeatedIds(parts.options, ['options']),
    ...parts.options.flatMap(({ values }, nth) => repeatedIds(values, ['options', nth, 'values'])),
    ...unknownNames(parts),
  ];
  if (structure.length) return structure;
  try {
    return contradictions(parts);
  } catch (error) {
    if (error instanceof TooComplex) return [{ path: ['constraints'], message: tooComplex }];
    throw error;
  }
};

type ChoiceFault = { path: string; message: string; constraint?: number | undefined };

const because = ({ constraints }: Parts, nth: number) => constraints[nth]?.message ?? `constraints.${nth} forbids it`;

/** what is wrong with choices: unknown names, else the constraint that they break */
export const choiceFaults = (parts: Parts, choices: Choices, path = 'choices'): ChoiceFault[] => {
  const unknown = unknownIn(choices, [], parts.options);
  if (unknown.length) return unknown.map(fault => ({ path: [path, ...fault.path].join('.'), message: fault.message }));
  const solver = solverOf(modelOf(parts));
  if (solver.solution(choices)) return [];
  const constraint = solver.brokenBy(choices);
  if (constraint !== undefined) return [{ path, message: because(parts, constraint), constraint }];
  return [{ path, message: 'no whole configuration has all of these values' }];
};

/** Choices of a product: whether they fit together and are all that is needed, what can be chosen next, and their image. */
export const configured = (parts: Parts, choices: Choices) => {
  const errors = choiceFaults(parts, choices);
  const missing = parts.options.filter(({ id, required }) => required && choices[id] === undefined);
  const isKnown = !unknownIn(choices, [], parts.options).length;
  const values = isKnown ? choosable(modelOf(parts), choices) : [];
  return {
    valid: errors.length === 0,
    complete: errors.length === 0 && missing.length === 0,
    errors,
    missing: missing.map(({ id }) => id),
    options: parts.options.map(({ id, required }) => ({
      id,
      required,
      chosen: choices[id] ?? null,
      values: values
        .filter(({ option }) => option === id)
        .map(({ value, possible, broken }) => ({
          id: value,
          possible,
          ...(broken === undefined ? {} : { reason: because(parts, broken) }),
        })),
    })),
    image: imageOf(parts.images, choices),
  };
};
