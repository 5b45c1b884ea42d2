const fits = (sign: string, character: string) => {
  if (sign === '?') return true;
  if (sign === '#') return /\d/.test(character);
  if (sign === '@') return /\p{L}/u.test(character);
  return sign === character;
};

/** Whether a text fits a pattern of `*` (any characters), `?` (any one), `#` (a digit) and `@` (a letter), all of it. */
export const fitsWildcards = (pattern: string, text: string): boolean => {
  const [signs, characters] = [Array.from(pattern), Array.from(text)];
  let [sign, at] = [0, 0];
  // only the last star is gone back to: an earlier one has taken as little as it can
  let star: { sign: number; at: number } | undefined;
  while (at < characters.length) {
    if (signs[sign] === '*') {
      star = { sign: ++sign, at };
    } else if (sign < signs.length && fits(signs[sign]!, characters[at]!)) {
      sign++;
      at++;
    } else if (star) {
      star.at++;
      [sign, at] = [star.sign, star.at];
    } else {
      return false;
    }
  }
  return signs.slice(sign).every(left => left === '*');
};
