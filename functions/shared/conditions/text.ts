/** `*` any run of characters, `?` one code point; the whole text */
export const isLike = (text: string, pattern: string): boolean => {
  const [head = [], ...rest] = pattern.split('*').map(piece => Array.from(piece));
  const chars = Array.from(text);
  const fits = (piece: string[], from: number) =>
    piece.every((one, nth) => (one === '?' ? from + nth < chars.length : one === chars[from + nth]));
  const tail = rest.pop();
  if (!fits(head, 0)) return false;
  if (!tail) return chars.length === head.length;
  const end = chars.length - tail.length;
  if (end < head.length || !fits(tail, end)) return false;
  let from = head.length;
  for (const piece of rest) {
    while (from + piece.length <= end && !fits(piece, from)) from++;
    if (from + piece.length > end) return false;
    from += piece.length;
  }
  return true;
};

const foldedOne = (char: string) => {
  const folded = char.toUpperCase().toLowerCase();
  return Array.from(folded).length === 1 ? folded : char.toLowerCase();
};

/** a text without regard to case, each code point for itself: its length stays */
export const folded = (text: string) => Array.from(text, foldedOne).join('');
