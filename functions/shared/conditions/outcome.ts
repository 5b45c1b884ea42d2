/** whether a condition holds, and why: the expectation, a colon, the fact */
export type Outcome = { holds: boolean; reasons: string[] };

const longest = 80; // of a value, in characters

/** a value as words show it: texts in quotes, long ones cut */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
