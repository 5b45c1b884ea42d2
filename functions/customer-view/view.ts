import * as z from 'zod';
import type { Purpose } from '../customers/purposes/purpose.ts';
import { type Department, departments, type Known, type Part } from './part.ts';
import { viewParts } from './parts.ts';
import { emptied, isShownFor, knownFor } from './view-for.ts';

type Parts = typeof viewParts;
type Shape = { [Name in keyof Parts]: Parts[Name]['schema'] };

const all = Object.entries(viewParts) as [keyof Parts, Part][];

const shapeOf = (parts: typeof all) => Object.fromEntries(parts.map(([name, { schema }]) => [name, schema])) as Shape;

const seenBy = (department: Department) => all.filter(([, part]) => part.for.includes(department));

const projection = (department: Department) =>
  z.object({ for: z.literal(department), ...(shapeOf(seenBy(department)) as z.ZodRawShape) });

/** Everything that is known of a customer at a glance. */
export const View = z.object(shapeOf(all));

/** what each department sees of that */
export const Projections = z.discriminatedUnion('for', [
  projection(departments[0]),
  projection(departments[1]),
  projection(departments[2]),
]);

const filled = (parts: typeof all, known: Known, purpose: Purpose | undefined, department?: Department) =>
  Object.fromEntries(
    parts.map(([name, part]) => {
      const value = part.of(known, department);
      return [name, isShownFor(purpose, part.from ?? name) ? value : emptied(value)];
    }),
  );

type Wanted = { department: Department | undefined; purpose: Purpose | undefined };

/** what of a customer a department sees, or everybody, and of that what serves a purpose */
export const viewOf = (known: Known, { department, purpose }: Wanted) => {
  const serving = knownFor(purpose, known);
  return department
    ? ({ for: department, ...filled(seenBy(department), serving, purpose, department) } as z.input<typeof Projections>)
    : (filled(all, serving, purpose) as z.input<typeof View>);
};
