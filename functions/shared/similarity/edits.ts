/** The edit distance of two strings: insertions, deletions, replacements, exchanged neighbours (Damerau, optimal string alignment). */
export const edits = (a: string, b: string) => {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let row = 1; row <= a.length; row++) {
    const now = [row];
    for (let at = 1; at <= b.length; at++) {
      const replaced = last[at - 1]! + (a[row - 1] === b[at - 1] ? 0 : 1);
      let least = Math.min(replaced, last[at]! + 1, now[at - 1]! + 1);
      const swapped = row > 1 && at > 1 && a[row - 1] === b[at - 2] && a[row - 2] === b[at - 1];
      if (swapped) least = Math.min(least, before[at - 2]! + 1);
      now.push(least);
    }
    before = last;
    last = now;
  }
  return last[b.length]!;
};

/** how many characters two strings have in common near each other, and how many of those are out of order (Jaro 1989) */
const inCommon = (a: string, b: string) => {
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const usedOfB = new Array<boolean>(b.length).fill(false);
  const fromA: string[] = [];
  for (let at = 0; at < a.length; at++) {
    const end = Math.min(b.length, at + reach + 1);
    for (let other = Math.max(0, at - reach); other < end; other++) {
      if (usedOfB[other] || a[at] !== b[other]) continue;
      usedOfB[other] = true;
      fromA.push(a[at]!);
      break;
    }
  }
  const fromB = Array.from(b).filter((_, at) => usedOfB[at]);
  const outOfOrder = fromA.filter((letter, at) => letter !== fromB[at]).length;
  return { common: fromA.length, transpositions: Math.floor(outOfOrder / 2) };
};

/** Jaro's similarity of two strings, 0 to 1, by UTF-16 units; 0 for an empty one */
export const jaro = (a: string, b: string) => {
  if (!a || !b) return 0;
  const { common, transpositions } = inCommon(a, b);
  if (!common) return 0;
  return (common / a.length + common / b.length + (common - transpositions) / common) / 3;
};

const mostPrefix = 4;
const perPrefix = 0.1;
const boostedAbove = 0.7;

export const jaroWinkler = (a: string, b: string) => {
  const alike = jaro(a, b);
  if (alike <= boostedAbove) return alike;
  let prefix = 0;
  while (prefix < mostPrefix && prefix < a.length && a[prefix] === b[prefix]) prefix++;
  return alike + prefix * perPrefix * (1 - alike);
};
