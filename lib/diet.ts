import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';

const standIn = (name: string) => join(import.meta.dirname, `../functions/shared/aws/${name}.ts`);

const events = join(import.meta.dirname, '../events');

/** Packages that no function of ours has a use for -> the small modules that stand in for them; why is said in each. */
export const standIns = {
  '@aws-sdk/credential-provider-node': standIn('credentials'),
  '@aws-sdk/middleware-endpoint-discovery': standIn('no-endpoint-discovery'),
  '@smithy/core/event-streams': standIn('no-event-streams'),
};

const noJsonSchema = "const none=()=>()=>{throw new Error('JSON Schemas are left out of the bundles')};";

/** files within packages, by the end of their path -> what is read in their place */
const leftOut: [ending: string, contents: (path: string) => string][] = [
  // schemas are turned into JSON Schema when the reference is made, never in a function
  [
    'zod/v4/core/to-json-schema.js',
    () => `${noJsonSchema}module.exports={createStandardJSONSchemaMethod:none,createToJSONSchemaMethod:none}`,
  ],
  ['zod/v4/core/json-schema-processors.js', () => 'module.exports={}'],
  // the hash in JavaScript, for a Node built without crypto; `new` of it fails
  ['checksum/sha256/Sha256Js.js', () => 'export const Sha256Js=undefined'],
  // a function has its environment and no files in a home directory
  [
    'shared-ini-file-loader/loadSharedConfigFiles.js',
    () =>
      "export {CONFIG_PREFIX_SEPARATOR} from './constants';" +
      'export const loadSharedConfigFiles=async()=>({configFile:{},credentialsFile:{}})',
  ],
  // of its own description a client reads the version
  [
    'package.json',
    path => `export const version='${JSON.parse(readFileSync(path, 'utf8')).version}';export default{version}`,
  ],
];

/** Leaves out of the bundles what nothing in them runs. */
export const diet: Plugin = {
  name: 'diet',
  setup(build) {
    const filter =
      /(zod\/v4\/core\/(to-json-schema|json-schema-processors)|sha256\/Sha256Js|loadSharedConfigFiles)\.js$|@aws-sdk\/client-[^/]+\/package\.json$/;
    // declaring an event does nothing else: one that a function does not use need not be in its bundle
    build.onLoad({ filter: /[\\/]events[\\/][a-z-]+\.ts$/ }, ({ path }) => {
      if (!path.startsWith(events)) return undefined;
      const declared = readFileSync(path, 'utf8').replaceAll(' = event(', ' = /* @__PURE__ */ event(');
      return { contents: declared, loader: 'ts' };
    });
    build.onLoad({ filter }, ({ path }) => {
      const found = leftOut.find(([ending]) => path.endsWith(ending));
      return found && { contents: found[1](path), loader: 'js' };
    });
  },
};
