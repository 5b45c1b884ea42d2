import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';

const standIn = (name: string) => join(import.meta.dirname, `../functions/shared/aws/${name}.ts`);

const events = join(import.meta.dirname, '../events');

/** packages that no function needs -> the small modules that replace them; each module says why */
export const standIns = {
  '@aws-sdk/credential-provider-node': standIn('credentials'),
  '@aws-sdk/middleware-endpoint-discovery': standIn('no-endpoint-discovery'),
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

/** leaves out of the bundles what no function runs */
export const diet: Plugin = {
  name: 'diet',
  setup(build) {
    // a declared event that a function does not use need not be in its bundle
    build.onLoad({ filter: /[\\/]events[\\/][a-z-]+\.ts$/ }, ({ path }) => {
      if (!path.startsWith(events)) return undefined;
      const contents = readFileSync(path, 'utf8').replaceAll(' = event(', ' = /* @__PURE__ */ event(');
      return { contents, loader: 'ts' };
    });
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
