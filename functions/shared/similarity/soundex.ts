const digits: Record<string, string> = Object.fromEntries(
  ['BFPV', 'CGJKQSXZ', 'DT', 'L', 'MN', 'R'].flatMap((letters, nth) =>
    Array.from(letters, letter => [letter, String(nth + 1)]),
  ),
);

/** The sound of a name as a letter and three digits (the American Soundex of the archives: H and W part nothing). */
export const soundex = (name: string) => {
  const letters = name.normalize('NFD').replace(/\p{M}/gu, '').toUpperCase();
  let code = letters.slice(0, 1);
  let last = digits[code] ?? '';
  for (const letter of letters.slice(1)) {
    const digit = digits[letter];
    if (digit && digit !== last) code += digit;
    if (letter !== 'H' && letter !== 'W') last = digit ?? '';
  }
  return code === '' ? '' : code.padEnd(4, '0').slice(0, 4);
};
