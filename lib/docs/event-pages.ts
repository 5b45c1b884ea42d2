import { events as catalogue } from '#declared/events.ts';
import { detailOf, type EventType } from '../../events/define.ts';
import { foreignEvents } from '../../events/foreign.ts';
import { reactions, workflows } from '../functions.ts';
import { inputSchema, type Json, outputSchema } from '../openapi/schemas.ts';
import { typeOf } from './type-of.ts';

const oneLine = (type: string) => type.replace(/\/\*\*.*?\*\/\s*/gs, '').replace(/\s+/g, ' ');
const cell = (text: string) => text.replaceAll('|', '\\|');

const hearersOf = ({ name }: EventType) => [
  ...reactions.filter(({ events }) => events.some(event => event.name === name)).map(({ name }) => name),
  ...workflows.filter(({ starts }) => starts.some(event => event.name === name)).map(({ name }) => name),
];

const row = (cells: string[]) => `| ${cells.map(cell).join(' | ')} |`;

const fields = (schema: Json) => `\`${oneLine(typeOf(schema))}\``;

const ofContext = (context: string) => [
  `## ${context === 'timers' ? 'Timers (`rapport.timers`): said when they are due' : `\`rapport.${context}\``}`,
  '',
  '| event | when | data | heard by |',
  '|---|---|---|---|',
  ...catalogue
    .filter(event => event.context === context)
    .map(event =>
      row([
        `[\`${event.name}\`](../events/samples/${event.name}.json)`,
        event.summary,
        fields(outputSchema(event.data)),
        hearersOf(event).join(', '),
      ]),
    ),
  '',
];

/** docs/events.md */
export const eventsPage = () =>
  [
    '# Events on the bus',
    '',
    'Written by `npm run docs` from `events/`. Each name leads to a sample for `aws events put-events`; the JSON Schemas are in',
    '[events.schema.json](events.schema.json).',
    '',
    'Every event of Rapport has the source `rapport.<context>`, its name as detail type, and this detail:',
    `\`${oneLine('{ id, tenant, occurredAt, customerId, actor, about, data }')}\`. \`about\` is the id of the thing it happened to.`,
    'Delivery may repeat and may be out of order: `id` tells repetitions.',
    '',
    ...[...new Set(catalogue.map(({ context }) => context))].flatMap(ofContext),
    '## What your own systems may put on the bus',
    '',
    'Any source that does not begin with `rapport.`; the detail is the body of the HTTP call plus `tenant`.',
    '',
    '| detail type | what it does | detail |',
    '|---|---|---|',
    ...foreignEvents.map(({ name, summary, detail }) =>
      row([`[\`${name}\`](../events/samples/${name}.json)`, summary, fields(inputSchema(detail))]),
    ),
    '',
  ].join('\n');

/** docs/events.schema.json: what an event registry takes */
export const eventSchemas = () => {
  const own = catalogue.map(event => [
    event.name,
    { source: `rapport.${event.context}`, description: event.summary, detail: outputSchema(detailOf(event.data)) },
  ]);
  const foreign = foreignEvents.map(({ name, summary, detail }) => [
    name,
    { description: summary, detail: inputSchema(detail) },
  ]);
  return `${JSON.stringify(Object.fromEntries([...own, ...foreign]), null, 2)}\n`;
};
