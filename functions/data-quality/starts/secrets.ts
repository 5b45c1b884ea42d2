/** whether digits have the check digit of payment cards */
const isLuhn = (digits: string) => {
  let sum = 0;
  for (const [nth, digit] of Array.from(digits).reverse().entries()) {
    const value = Number(digit) * (nth % 2 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
};

// first digits and lengths of the card schemes; a number with a plus sign is a phone's
const cardLike = /(?<![\d+])(?:[3-6]\d{3}(?:[ -]?\d){9,15})(?!\d)/g;

export const hasCardNumber = (text: string) =>
  [...text.matchAll(cardLike)].some(([found]) => {
    const digits = found.replace(/\D/g, '');
    return digits.length <= 19 && !/^(\d)\1+$/.test(digits) && isLuhn(digits);
  });

const password = /\b(?:password|passwd|pwd|passcode|cvv2?|cvc|pin code)\b\s*(?:is|[:=])\s*\S/i;

export const hasPassword = (text: string) => password.test(text);

const secretName = /^(?:password|passwd|pwd|passcode|cvv2?|cvc|cardNumber|creditCard|pin)$/i;

/** the paths of texts in a value that contain a secret */
export const secretsIn = (value: unknown, path: string): string[] => {
  const name = path.slice(path.lastIndexOf('.') + 1);
  if (typeof value === 'string' || typeof value === 'number') {
    const text = String(value);
    return secretName.test(name) || hasCardNumber(text) || hasPassword(text) ? [path] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([part, one]) => secretsIn(one, `${path}.${part}`));
};
