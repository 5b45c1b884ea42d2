import { type Kinds, kindsFile } from '../functions/shared/store/kinds.ts';
import { entities } from './docs/entities.ts';
import { outputSchema } from './openapi/schemas.ts';

/** The file that tells a copy's reader what its records are: every declared entity's version and JSON Schema. */
export const kindsFiles = async (): Promise<Record<string, string>> => {
  const kinds: Kinds = Object.fromEntries(
    (await entities()).map(({ entity: { kind, schema, upcasts } }) => [
      kind,
      { schema: upcasts.length + 1, doc: outputSchema(schema) },
    ]),
  );
  return { [kindsFile]: JSON.stringify(kinds) };
};
