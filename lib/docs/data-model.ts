import { type Entity, listIndexes, main } from '../../functions/shared/store/entity.ts';
import { outputSchema } from '../openapi/schemas.ts';
import { type Declared, entities } from './entities.ts';
import { page, text } from './markdown.ts';
import { typeOf } from './type-of.ts';

const source = (fn: unknown) => {
  const code = String(fn).replace(/\s+/g, ' ');
  return code.includes('`') ? `\`\` ${code} \`\`` : `\`${code}\``;
};

const anything: object = new Proxy({}, { get: (_, name) => `{${String(name)}}` });

const keyOf = ({ key }: Entity) => {
  const { of, part } = key(anything);
  return `pk \`<tenant>#${of.join('#')}\`, sk \`${part}\`${part === main ? ' (the main record of its partition)' : ''}`;
};

const each = <T>(group: Record<string, T> | undefined, line: (name: string, value: T, nth: number) => string) =>
  Object.entries(group ?? {}).map(([name, value], nth) => line(name, value, nth));

const fieldsOf = ({ schema }: Entity) => {
  let depth = 0;
  const lines = typeOf(outputSchema(schema))
    .replace(/(\/\*\* .*? \*\/)\n(.*)/g, '$2 $1')
    .split('\n');
  return lines.map(line => {
    if (/^[})]/.test(line)) depth--;
    const indented = '  '.repeat(depth) + line;
    if (/\{(?: \/\*.*)?$/.test(line)) depth++;
    return indented;
  });
};

const section = ({ name, file, entity }: Declared) => {
  const facts = [
    `- **Key** ${keyOf(entity)}`,
    ...(entity.owner ? [`- **Belongs to a customer** by ${source(entity.owner)}: gsi1`] : []),
    ...each(entity.lists, (list, { by, sort, shards = 1 }, nth) => {
      const order = sort ? source(sort) : 'its id, that is by age';
      const spread = shards > 1 ? `, over ${shards} partitions` : '';
      return `- **List \`${list}\`** on ${listIndexes[nth]} by ${source(by)}, in the order of ${order}${spread}`;
    }),
    ...each(entity.unique, (claim, { taken, of }) => `- **Unique \`${claim}\`** ${source(of)}, else \`${taken.code}\``),
    ...each(entity.entries, (entry, { of, bucket }) => {
      return `- **Looked up by \`${entry}\`** ${source(of)}${bucket ? `, within ${source(bucket)}` : ''}`;
    }),
    ...(entity.expires ? [`- **Expires** at ${source(entity.expires)}`] : []),
  ];
  const declared = `\`${name}\` in [${file}](../${file}), schema ${entity.upcasts.length + 1}.`;
  return page(`### ${entity.kind}`, declared, facts.join('\n'), ['```ts', ...fieldsOf(entity), '```'].join('\n'));
};

/** docs/data-model.md */
export const dataModel = async () => {
  const contexts = Map.groupBy(await entities(), ({ context }) => context);
  const sections = [...contexts].map(([context, its]) => page(`## ${context}`, ...its.map(section)));
  return page(text('data-model'), ...sections);
};
