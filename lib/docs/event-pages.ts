import { events as catalogue } from '#declared/events.ts';
import { detailOf, type EventType } from '../../events/define.ts';
import { foreignEvents } from '../../events/foreign.ts';
import { reactions, workflows } from '../functions.ts';
import { inputSchema, type Json, outputSchema } from '../openapi/schemas.ts';
import { page, table, text } from './markdown.ts';
import { typeOf } from './type-of.ts';

const subscribersOf = ({ name }: EventType) =>
  [...reactions, ...workflows.map(({ starts, ...one }) => ({ ...one, events: starts }))]
    .filter(({ events }) => events.some(event => event.name === name))
    .map(({ name }) => name)
    .join(', ');

const linkOf = (name: string) => `[\`${name}\`](../events/samples/${name}.json)`;

const fields = (schema: Json) => {
  const type = typeOf(schema).replace(/\/\*\*.*?\*\/\s*/gs, '');
  return `\`${type.replace(/\s+/g, ' ')}\``;
};

const contextSection = (context: string, events: EventType[]) =>
  page(
    `## \`rapport.${context}\``,
    table(
      ['event', 'when', 'data', 'subscribers'],
      events.map(event => [linkOf(event.name), event.summary, fields(outputSchema(event.data)), subscribersOf(event)]),
    ),
  );

/** docs/events.md */
export const eventsPage = () =>
  page(
    text('events'),
    ...[...Map.groupBy(catalogue, ({ context }) => context)].map(([context, events]) =>
      contextSection(context, events),
    ),
    text('foreign-events'),
    table(
      ['detail type', 'effect', 'detail'],
      foreignEvents.map(({ name, summary, detail }) => [linkOf(name), summary, fields(inputSchema(detail))]),
    ),
  );

/** docs/events.schema.json, for an event registry */
export const eventSchemas = () => {
  const own = catalogue.map(({ name, context, summary: description, data }) => {
    return [name, { source: `rapport.${context}`, description, detail: outputSchema(detailOf(data)) }];
  });
  const foreign = foreignEvents.map(({ name, summary, detail }) => [
    name,
    { description: summary, detail: inputSchema(detail) },
  ]);
  return `${JSON.stringify(Object.fromEntries([...own, ...foreign]), null, 2)}\n`;
};
