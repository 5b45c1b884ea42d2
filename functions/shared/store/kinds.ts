/** where the kinds of records are written when a function is bundled, in `files/` beside it */
export const kindsFile = 'kinds.json';

/** Every kind of record: its version, and JSON Schema of its document. */
export type Kinds = Record<string, { schema: number; doc: unknown }>;
