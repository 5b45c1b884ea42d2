/**
 * How many edits make one string of another: characters put in, taken out, replaced, and with `swaps` two neighbours exchanged
 * (Damerau; no character is edited twice). Without `swaps` it is Levenshtein's distance. Rows are kept, not the whole matrix.
 */
export const edits = (a: string, b: string, { swaps = true } = {}) => {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let row = 1; row <= a.length; row++) {
    const now = [row];
    for (let at = 1; at <= b.length; at++) {
      const replaced = last[at - 1]! + (a[row - 1] === b[at - 1] ? 0 : 1);
      let least = Math.min(replaced, last[at]! + 1, now[at - 1]! + 1);
      const swapped = swaps && row > 1 && at > 1 && a[row - 1] === b[at - 2] && a[row - 2] === b[at - 1];
      if (swapped) least = Math.min(least, before[at - 2]! + 1);
      now.push(least);
    }
    before = last;
    last = now;
  }
  return last[b.length]!;
};

/** 1 - Levenshtein's distance as a share of the longer string; two empty strings are alike */
export const levenshteinSimilarity = (a: string, b: string) =>
  1 - edits(a, b, { swaps: false }) / Math.max(a.length, b.length, 1);
