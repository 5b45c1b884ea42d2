export type Outcome = { holds: boolean; reasons: string[] };

const longest = 80; // of a value, in characters

export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
