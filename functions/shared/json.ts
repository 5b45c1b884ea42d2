export type Json = Record<string, unknown>;

/** a JSON object: neither null nor a list */
export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
