export const kindsFile = 'kinds.json';

export type Kinds = Record<string, { schema: number; doc: unknown }>;
