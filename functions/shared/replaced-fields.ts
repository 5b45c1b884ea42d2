export const patched = (before: Record<string, unknown>, patch: Record<string, unknown>): Record<string, unknown> => {
  const given = Object.entries(patch).filter(([, value]) => value !== undefined);
  const all = { ...before, ...Object.fromEntries(given) };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null && value !== undefined));
};
