import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { gatherDeclared } from '../lib/declared.ts';

const root = join(import.meta.dirname, '..');
const usage = 'npm run new -- record <nouns> --context <context> [--singular <noun>] [--prefix <id prefix>]';

type Asked = { nouns: string; context: string; singular?: string | undefined; prefix?: string | undefined };

const camel = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
const pascal = (name: string) => camel(name).replace(/^./, letter => letter.toUpperCase());
const words = (name: string) => name.replaceAll('-', ' ');

/** `from`, with a text inserted behind the first match of a pattern */
const inserted = (from: string, after: RegExp, text: string) => {
  if (!after.test(from)) throw new Error(`${after} was not found; add ${text.trim()} by hand`);
  return from.replace(after, found => `${found}${text}`);
};

const prefixIn = (ids: string, singular: string) => {
  const letters = singular.replaceAll('-', '');
  const consonants = letters.replace(/(?!^)[aeiou]/g, '');
  const free = [letters.slice(0, 3), consonants.slice(0, 3), letters.slice(0, 4)].find(
    prefix => !ids.includes(`: '${prefix}',`),
  );
  if (!free) throw new Error(`give the prefix of the ids of ${singular}: --prefix`);
  return free;
};

/** The files of a new record type of customers, and those it changes: path -> text. */
export const newRecord = ({ nouns, context, ...more }: Asked): Record<string, string> => {
  const noun = more.singular ?? nouns.replace(/ies$/, 'y').replace(/s$/, '');
  if (!/^[a-z]+(-[a-z]+)*$/.test(nouns) || noun === nouns) throw new Error(`give the plural in kebab-case: ${usage}`);
  const folder = `functions/${context}`;
  if (!existsSync(join(root, folder, 'contract.ts')))
    throw new Error(`there is no context ${context}: see the folders of functions/`);
  const [one, many, One, Many] = [camel(noun), camel(nouns), pascal(noun), pascal(nouns)];
  const source = ['sales', 'service', 'messaging', 'tracking'].includes(context) ? context : 'customers';
  const read = (file: string) => readFileSync(join(root, file), 'utf8');
  const [ids, contract, api] = [read('events/ids.ts'), read(`${folder}/contract.ts`), read(`${folder}/api.ts`)];
  if (existsSync(join(root, folder, `${noun}.ts`))) throw new Error(`${folder}/${noun}.ts already exists`);
  const prefix = more.prefix ?? prefixIn(ids, noun);

  const eventOf = (verb: string) => `
export const ${one}${pascal(verb)} = event('${source}', '${noun}.${verb}', byStaff, {
  summary: 'a ${words(noun)} of a customer was ${verb}',
  data: () => ${One}Data,
  example: { title: 'Example' },
});
`;

  const command = `
    scope: 'customers.write',
    reply: ${One},`;

  return {
    [`events/${noun}.ts`]: `import * as z from 'zod';
import { byStaff, event } from './define.ts';

const ${One}Data = z.object({ title: z.string(), note: z.string().optional() });
${eventOf('created')}${eventOf('updated')}${eventOf('deleted')}`,

    [`${folder}/${noun}.ts`]: `import * as z from 'zod';
import { CustomerId, idOf } from '../../events/ids.ts';
import { line, prose } from '../shared/fields.ts';
import { stamps } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';

/** the fields that clients write */
export const ${One}Fields = z.strictObject({ title: line(200), note: prose(2000).optional() });

export const ${One} = z.object({ id: idOf('${one}'), customerId: CustomerId, ...${One}Fields.shape, ...stamps });
export type ${One} = z.output<typeof ${One}>;

export const ${many} = entity('${noun}', ${One}, { onErase: 'delete', onMerge: 'follow', owner: ({ customerId }) => customerId });
`,

    [`${folder}/${noun}-routes.ts`]: `import * as z from 'zod';
import { creates, lists, route } from '../shared/http/contract.ts';
import { ${One}, ${One}Fields } from './${noun}.ts';

const { title, note } = ${One}Fields.shape;

export const ${one}Routes = {
  create${One}: route('POST /v1/customers/{id}/${nouns}', {
    summary: 'Create a ${words(noun)} of a customer',${command}
    body: ${One}Fields,
    ...creates('/v1/${nouns}'),
    example: { title: 'Example' },
  }),
  list${Many}: route('GET /v1/customers/{id}/${nouns}', {
    summary: 'List the ${words(nouns)} of a customer, newest first',
    scope: 'customers.read',
    ...lists(${One}),
  }),
  read${One}: route('GET /v1/${nouns}/{id}', { summary: 'Read a ${words(noun)}', scope: 'customers.read', reply: ${One} }),
  update${One}: route('PATCH /v1/${nouns}/{id}', {
    summary: 'Update a ${words(noun)} (JSON Merge Patch)',${command}
    body: z.strictObject({ title: title.optional(), note: note.nullable() }),
    example: { note: 'An example' },
  }),
  delete${One}: route('DELETE /v1/${nouns}/{id}', {
    summary: 'Delete a ${words(noun)}',${command}
  }),
};
`,

    [`${folder}/${nouns}.ts`]: `import { newId } from '../../events/ids.ts';
import { ${one}Created, ${one}Deleted, ${one}Updated } from '../../events/${noun}.ts';
import { needCustomer } from '../customers/reads.ts';
import { handlers } from '../shared/http/contract.ts';
import { created, eventOf, insert } from '../shared/store/changes.ts';
import { patchById, readById, removeById } from '../shared/store/records.ts';
import { type ${One}, ${One}Fields, ${many} } from './${noun}.ts';
import { ${one}Routes } from './${noun}-routes.ts';

export const ${one}Handlers = handlers(${one}Routes, {
  create${One}: async ({ params: { id = '' }, body }, { now, store }) => {
    const { id: customerId } = await needCustomer(store, id);
    const ${one}: ${One} = created(now, { ...body, id: newId('${one}', now), customerId });
    return store.commit([insert(${many}, ${one}), eventOf(${one}Created, ${one})], ${one});
  },
  list${Many}: async ({ params: { id = '' }, query }, { store }) => {
    const { id: customerId } = await needCustomer(store, id);
    return store.belonging(${many}, customerId, query);
  },
  read${One}: readById(${many}),
  update${One}: patchById(${many}, ${One}Fields, ${one} => [eventOf(${one}Updated, ${one})]),
  delete${One}: removeById(${many}, ${one} => eventOf(${one}Deleted, ${one})),
});
`,

    [`tests/${context}/${nouns}.test.ts`]: `import { expect, test } from 'vitest';
import { world } from '../world.ts';

test('a ${words(noun)} is created, read, listed, updated and deleted, with an event for each change', async () => {
  const crm = await world();
  const customer = { id: (await crm.ask('POST /v1/customers', { body: { givenName: 'Ada' } })).body.id };
  const body = { title: 'First', note: 'A note' };
  const made = await crm.ask('POST /v1/customers/{id}/${nouns}', { params: customer, body });
  const params = { id: made.body.id };
  expect([made.status, made.headers.get('location')]).toEqual([201, \`/v1/${nouns}/\${params.id}\`]);
  expect((await crm.ask('GET /v1/${nouns}/{id}', { params })).body).toEqual(made.body);
  const listed = await crm.ask('GET /v1/customers/{id}/${nouns}', { params: customer });
  expect(listed.body).toEqual({ items: [made.body], nextCursor: null });
  const patch = { title: 'Second', note: null };
  const updated = await crm.ask('PATCH /v1/${nouns}/{id}', { params, body: patch });
  expect([updated.body.title, updated.body.note, updated.body.version]).toEqual(['Second', undefined, 2]);
  expect((await crm.ask('DELETE /v1/${nouns}/{id}', { params })).status).toBe(200);
  expect((await crm.ask('GET /v1/${nouns}/{id}', { params })).body.code).toBe('${noun}.not-found');
  const { items } = (await crm.ask('GET /v1/customers/{id}/timeline', { params: customer })).body;
  const types = items.map(({ type }: { type: string }) => type).slice(0, 3);
  expect(types).toEqual(['${noun}.deleted', '${noun}.updated', '${noun}.created']);
});

test('a ${words(noun)} is erased with its customer', async () => {
  const crm = await world();
  const customer = { id: (await crm.ask('POST /v1/customers', { body: { givenName: 'Ada' } })).body.id };
  const { id } = (await crm.ask('POST /v1/customers/{id}/${nouns}', { params: customer, body: { title: 'x' } })).body;
  const body = { reason: 'requested by the customer' };
  expect((await crm.ask('POST /v1/customers/{id}/erase', { params: customer, body })).status).toBe(202);
  await crm.idle();
  expect((await crm.ask('GET /v1/${nouns}/{id}', { params: { id } })).status).toBe(404);
});
`,

    'events/ids.ts': inserted(ids, /const prefixes = \{\n/, `  ${one}: '${prefix}',\n`),
    [`${folder}/contract.ts`]: inserted(
      `import { ${one}Routes } from './${noun}-routes.ts';\n${contract}`,
      /export const routes = \{/,
      ` ...${one}Routes,`,
    ),
    [`${folder}/api.ts`]: inserted(
      `import { ${one}Handlers } from './${nouns}.ts';\n${api}`,
      /serve\(routes, \{/,
      ` ...${one}Handlers,`,
    ),
  };
};

const main = () => {
  const options = { context: { type: 'string' }, singular: { type: 'string' }, prefix: { type: 'string' } } as const;
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  const [kind, nouns] = positionals;
  const { context, ...more } = values;
  if (kind !== 'record' || !nouns || !context) throw new Error(usage);
  const files = newRecord({ nouns, context, ...more });
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  execFileSync(process.execPath, [biome, 'check', '--write', ...Object.keys(files)], { cwd: root, stdio: 'ignore' });
  gatherDeclared();
  for (const file of Object.keys(files)) console.log(file);
  console.log(
    `Next: change the fields, name the record in functions/${context}/README.md, run npm run docs and npx vitest run tests/${context}/${nouns}.test.ts`,
  );
};

if (import.meta.main) {
  try {
    main();
  } catch (error) {
    console.error(`new: ${(error as Error).message}`);
    process.exitCode = 1;
  }
}
