/** The value at a simple JSON path (`$.detail.items[0]['odd name']`), undefined when there is none. */
export const valueAt = (path: string, value: unknown): unknown => {
  const steps = path.match(/[^.[\]'"]+|\['[^']*'\]|\["[^"]*"\]/g) ?? [];
  const names = steps.map(step => step.replace(/^\[['"]|['"]\]$/g, ''));
  if (names.shift() !== '$') return undefined;
  return names.reduce<unknown>(
    (found, name) =>
      typeof found === 'object' && found !== null ? (found as Record<string, unknown>)[name] : undefined,
    value,
  );
};
