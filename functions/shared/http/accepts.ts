const weightOf = (accept: string, type: string) => {
  const named = accept.split(',').map(part => part.trim().split(/\s*;\s*/));
  const found = named.find(([name]) => name?.toLowerCase() === type);
  return found ? Number(found.find(part => part.startsWith('q='))?.slice(2) ?? 1) : 0;
};

/** whether a caller names a media type, and does not prefer the usual one to it (RFC 9110, 12.5.1) */
export const prefers = (accept: string | undefined, type: string, usual: string) => {
  const weight = weightOf(accept ?? '', type);
  return weight > 0 && weight >= weightOf(accept ?? '', usual);
};
