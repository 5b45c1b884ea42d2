import { type Entity, listIndexes, main } from '../../functions/shared/store/entity.ts';
import { outputSchema } from '../openapi/schemas.ts';
import { type Declared, entities } from './entities.ts';
import { typeOf } from './type-of.ts';

/** a function as it is written, which says best what it computes */
const source = (fn: unknown) => {
  const text = String(fn).replace(/\s+/g, ' ');
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
};

const anything: object = new Proxy({}, { get: (_, name) => `{${String(name)}}` });

const placeOf = ({ key }: Entity) => {
  const { of, part } = key(anything);
  return `pk \`<tenant>#${of.join('#')}\`, sk \`${part}\`${part === main ? ' (the main record of its partition)' : ''}`;
};

const each = <T>(group: Record<string, T> | undefined, line: (name: string, value: T, nth: number) => string) =>
  Object.entries(group ?? {}).map(([name, value], nth) => line(name, value, nth));

const fieldsOf = ({ schema }: Entity) =>
  typeOf(outputSchema(schema))
    .replace(/\/\*\* (.*?) \*\/\n(.*)/g, '$2 // $1')
    .split('\n');

const indented = (lines: string[]) => {
  let depth = 0;
  return lines.map(line => {
    if (/^[})]/.test(line)) depth--;
    const padded = '  '.repeat(depth) + line;
    if (/\{(?: \/\/ .*)?$/.test(line)) depth++;
    return padded;
  });
};

const section = ({ name, file, entity }: Declared) => [
  `### ${entity.kind}`,
  '',
  `\`${name}\` in [${file}](../${file}), schema ${entity.upcasts.length + 1}.`,
  '',
  `- **Key** ${placeOf(entity)}`,
  ...(entity.owner ? [`- **Belongs to a customer** by ${source(entity.owner)}: gsi1`] : []),
  ...each(entity.lists, (list, { by, sort, shards = 1 }, nth) => {
    const order = sort ? source(sort) : 'its id, that is by age';
    const spread = shards > 1 ? `, over ${shards} partitions` : '';
    return `- **List \`${list}\`** on ${listIndexes[nth]} by ${source(by)}, in the order of ${order}${spread}`;
  }),
  ...each(entity.unique, (claim, { code, of }) => `- **Unique \`${claim}\`** ${source(of)}, else \`${code}\``),
  ...each(entity.entries, (entry, { of, bucket }) => {
    const within = bucket ? `, within ${source(bucket)}` : '';
    return `- **Looked up by \`${entry}\`** ${source(of)}${within}`;
  }),
  ...(entity.expires ? [`- **Expires** at ${source(entity.expires)}`] : []),
  '',
  '```ts',
  ...indented(fieldsOf(entity)),
  '```',
  '',
];

const introduction = `# Data model

Written by \`npm run docs\` from the declared entities. One DynamoDB table; nothing but \`functions/shared/store/store.ts\` and
\`entity.ts\` spells its keys, and no request path scans it.

## Access patterns

| what is asked | how it is answered |
|---|---|
| one record by its id | \`GetItem\`, pk \`<tenant>#<kind>#<id>\`, sk \`~\` |
| a customer at a glance | one \`Query\` of the customer's partition (profile, consents, identities, latest events) and one of gsi1 |
| a customer's records of all kinds, latest first | gsi1: \`<tenant>#owner#<customerId>\`, sorted by the time in the id |
| a list, such as the open cases | gsi2 or gsi3: \`<tenant>#<kind>.<list>#<value>#<shard>\`, as each entity says below |
| who holds a unique value | \`GetItem\` of the claim, pk \`<tenant>#claim#<kind>.<name>#<value>\` |
| records by another value, or by the beginning of one | \`Query\` of entries, pk \`<tenant>#entry#<kind>.<name>#<value or bucket>\` |
| what happened to a customer | \`Query\`, pk \`<tenant>#customer#<id>\`, sk \`@<instant>#<event id>\` |
| what happened to a thing without a customer | \`Query\`, pk \`<tenant>#log#<about>\`, sk as above |
| whether a request was answered before | \`GetItem\`, pk \`<tenant>#idempotency#<hash>\`; kept 48 hours |
| whether a reaction heard an event before | the condition of the put, pk \`<tenant>#once#<reaction>#<event id>\`; kept 35 days |
| what is due later | an item, pk \`<tenant>#timer#<id>\`, which the stream turns into a one-time schedule |

An event item carries \`say\` (the source it is published under), \`type\` and \`doc\` (the detail): it is timeline entry, audit record and
outbox in one. Every record carries \`schema\`; an older one is read through the entity's \`upcasts\`.
`;

/** docs/data-model.md */
export const dataModel = async () => {
  const all = await entities();
  const contexts = [...new Set(all.map(({ context }) => context))].sort();
  const pages = contexts.flatMap(context => [
    `## ${context}`,
    '',
    ...all.filter(one => one.context === context).flatMap(section),
  ]);
  return [introduction, ...pages].join('\n');
};
