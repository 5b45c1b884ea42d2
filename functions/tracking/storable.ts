const holds = (number: number) =>
  Math.abs(number) <= Number.MAX_SAFE_INTEGER && (number === 0 || Math.abs(number) >= 1e-130);

/** A value as the table can hold it: numbers beyond its range become text, broken Unicode is mended, names are not empty. */
export const storable = (value: unknown): unknown => {
  if (typeof value === 'string') return value.toWellFormed();
  if (typeof value === 'number') return holds(value) ? value : String(value);
  if (Array.isArray(value)) return value.map(storable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name.toWellFormed() || '_', storable(part)]));
};
