import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, sep } from 'node:path';
import type { Plugin } from 'esbuild';

const standIn = (name: string) => join(import.meta.dirname, `../functions/shared/aws/${name}.ts`);

const lazily = join(import.meta.dirname, '../functions/shared/lazily.ts');

const ours = {
  events: join(import.meta.dirname, '../events') + sep,
  functions: join(import.meta.dirname, '../functions') + sep,
};

/** packages that no function needs -> the small modules that replace them; each module says why */
export const standIns = {
  '@aws-sdk/credential-provider-node': standIn('credentials'),
  '@smithy/core/event-streams': standIn('no-event-streams'),
};

const noJsonSchema = `const none=()=>()=>{throw new Error('JSON Schemas are not in the bundles')};
module.exports={createStandardJSONSchemaMethod:none,createToJSONSchemaMethod:none}`;

const noConfigFiles = `export {CONFIG_PREFIX_SEPARATOR} from './constants';
export const loadSharedConfigFiles=async()=>({configFile:{},credentialsFile:{}})`;

/** files within packages -> what replaces them */
const replaced: [file: RegExp, contents: (path: string) => string][] = [
  [/zod\/v4\/core\/to-json-schema\.js$/, () => noJsonSchema],
  [/zod\/v4\/core\/json-schema-processors\.js$/, () => 'module.exports={}'],
  // what is wrong with a request is said in our words: functions/shared/http/issue-text.ts
  [/zod\/v4\/locales\/en\.js$/, () => 'export default ()=>({})'],
  // for a Node without crypto
  [/checksum\/sha256\/Sha256Js\.js$/, () => 'export const Sha256Js=undefined'],
  // a function has no files in a home directory
  [/shared-ini-file-loader\/loadSharedConfigFiles\.js$/, () => noConfigFiles],
  // a client reads its own version only
  [
    /@aws-sdk\/client-[^/]+\/package\.json$/,
    path => `export const version='${JSON.parse(readFileSync(path, 'utf8')).version}';export default{version}`,
  ],
];

/** a constant at the top of a module, its value over one or more lines */
const constant = /^((?:export )?const \w+(?:: .+?)? =(?!>))(\s+(?!async\b)[A-Za-z].*(?:\n(?:[ })\]].*)?)*);$/gm;

/** descriptions and examples: the reference is made of the sources */
const described = /\s*\.describe\(\s*(?:'(?:[^'\\]|\\.)*'|"[^"]*"|`[^`$]*`),?\s*\)/g;
const eventExample = /^ {2}example: (?:[^{\n].*|\{.*\}|\{\n(?:.*\n)*? {2}\}),$/gm;

/** what a route takes and gives, where it is declared within the route */
const partOfRoute =
  /^( +)((?:body|query|reply):) ((?:(?:z|(?!JSON)[A-Z]\w*)\.|(?:page|warning)\().*(?:\n\1[ })\]].*)*),$/gm;

/** constants that are schemas, and objects of some fields of schemas */
const isSchema = (name: string, value: string) =>
  /^\s+(z\b|idOf\()/.test(value) || (/ [A-Z]\w*[a-z]\w*(: .+)? =$/.test(name) && !/^\s+\w+ =>/.test(value));
const fields = /^((?:export )?const \w+(?:: .+?)? =) (\{.*(?:\n(?:[ })\]].*)?)*);$/gm;
const areSchemas = (value: string) => /\bz\.|\.(optional|nullable|nullish)\(\)/.test(value) && !/\broute\(/.test(value);

const taken = /^const \{ (.+) \} = ([A-Z].*\.shape);$/gm;

const atFirstUse = (name: string, value: string) => `${name} /* @__PURE__ */ lazily(() => (${value}))`;

/** each field that is taken out of a schema, and the rest of them */
const eachTaken = (names: string, shape: string) =>
  names
    .split(', ')
    .map(name => name.split(/: |^\.{3}/).reverse())
    .map(([as = '', name = as]) => {
      const value = name ? `${shape}.${name}` : `(({ ${names} }) => ${as})(${shape})`;
      return `${atFirstUse(`const ${as} =`, value)};`;
    })
    .join(' ');

/** for source maps, the lines after it stay where they are */
const onlyLines = (text: string) => text.replace(/[^\n]/g, '');

/**
 * No module of ours does anything at its start but declare constants: what a function does not use need not be in its bundle, and
 * schemas are made at first use.
 * Schemas of entities are for the reference and for readers of a copy, which lib/ writes: functions trust what they stored.
 */
const droppable = (path: string) => {
  const lazy = readFileSync(path, 'utf8')
    .replace(/( = (?:entity|settings)\(\s*[^,]+,\s*)[A-Z]\w*,/g, '$1undefined,')
    .replace(constant, (_, name, value) =>
      isSchema(name, value) ? `${atFirstUse(name, value)};` : `${name} /* @__PURE__ */ (() => (${value}))();`,
    )
    .replace(fields, (all, name, value) => (areSchemas(value) ? `${atFirstUse(name, value)};` : all))
    .replace(taken, (_, names, shape) => eachTaken(names, shape))
    .replace(partOfRoute, (_, indent, name, value) => `${indent}${atFirstUse(name, value)},`);
  const known = lazy.includes('*/ lazily(') ? `import { lazily } from ${JSON.stringify(lazily)};` : '';
  const source = known + lazy.replace(described, onlyLines);
  return path.startsWith(ours.events) ? source.replace(eventExample, onlyLines) : source;
};

/** leaves out of the bundles what no function runs */
export const diet: Plugin = {
  name: 'diet',
  setup(build) {
    build.onLoad({ filter: /\.ts$/ }, ({ path }) =>
      Object.values(ours).some(folder => path.startsWith(folder))
        ? { contents: droppable(path), loader: 'ts' }
        : undefined,
    );
    // an import reads every export of a module of Node, and some load much: of node:http the whole of fetch, at each start
    build.onResolve({ filter: /^(node:)?[a-z_/]+$/ }, ({ path, kind }) =>
      kind !== 'entry-point' && isBuiltin(path) ? { path, namespace: 'builtin' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports=process.getBuiltinModule('${path}')`,
    }));
    for (const [filter, contents] of replaced)
      build.onLoad({ filter }, ({ path }) => ({ contents: contents(path), loader: 'js' }));
  },
};
