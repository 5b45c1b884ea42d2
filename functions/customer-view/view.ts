import * as z from 'zod';
import { customerForPurpose, type Purpose, purposeParts, servesAttribute, servesEvent } from '../customers/purpose.ts';
import type { Ctx } from '../shared/http/context.ts';
import { mayRead } from '../shared/http/roles.ts';
import { lazily } from '../shared/lazily.ts';
import { type Department, departments, type Part, type ViewData } from './part.ts';
import { viewParts } from './parts.ts';

type Parts = typeof viewParts;
type Shape = { [Name in keyof Parts]: Parts[Name]['schema'] };

const all = lazily(() => Object.entries(viewParts) as [keyof Parts, Part][]);

const shapeOf = (parts: typeof all) => Object.fromEntries(parts.map(([name, { schema }]) => [name, schema])) as Shape;

const seenBy = (department: Department) => all.filter(([, part]) => part.for.includes(department));

const projection = (department: Department) =>
  z.object({ for: z.literal(department), ...(shapeOf(seenBy(department)) as z.ZodRawShape) });

export const View = z.object(shapeOf(all));

export const Projections = z.discriminatedUnion('for', [
  projection(departments[0]),
  projection(departments[1]),
  projection(departments[2]),
]);

const filled = (parts: typeof all, data: ViewData, purpose: Purpose | undefined, department?: Department) =>
  Object.fromEntries(
    parts.map(([name, part]) => {
      const value = part.of(data, department);
      const shown = isShownFor(purpose, part.from ?? name) && !data.withheld.includes(name);
      return [name, shown ? value : emptied(value)];
    }),
  );

/** the parts that a caller has no scope to read */
export const withheldFrom = (reader: Pick<Ctx, 'scopes'>): string[] =>
  all.flatMap(([name, { area }]) => (area === undefined || mayRead(reader, area) ? [] : [name]));

type Wanted = { department: Department | undefined; purpose: Purpose | undefined };

/** the view of a department, or the whole view, without parts that do not serve the purpose */
export const viewOf = (data: ViewData, { department, purpose }: Wanted) => {
  const serving = dataFor(purpose, data);
  return department
    ? ({ for: department, ...filled(seenBy(department), serving, purpose, department) } as z.input<typeof Projections>)
    : (filled(all, serving, purpose) as z.input<typeof View>);
};

const emptied = (part: unknown) => (Array.isArray(part) ? [] : null);

type Changes = { changes?: { attribute: string }[] };

/** an event without changes of attributes that do not serve the purpose */
const eventFor = (purpose: Purpose, event: ViewData['timeline'][number]) => {
  const { changes } = event.data as Changes;
  if (event.type !== 'customer.updated' || !changes) return event;
  const serving = changes.filter(({ attribute }) => servesAttribute(purpose, attribute));
  return { ...event, data: { ...(event.data as Changes), changes: serving } };
};

const dataFor = (purpose: Purpose | undefined, data: ViewData): ViewData => {
  if (!purpose) return data;
  const { customer, consents, timeline } = data;
  return {
    ...data,
    customer: customerForPurpose(purpose, customer),
    consents: consents.filter(consent => consent.purpose === purpose.name),
    timeline: timeline.filter(({ type }) => servesEvent(purpose, type)).map(event => eventFor(purpose, event)),
  };
};

/** whether a part is shown for a purpose: parts that purposes can name only if this one does */
const isShownFor = (purpose: Purpose | undefined, part: string) =>
  !purpose || !purposeParts.includes(part) || servesAttribute(purpose, part);
