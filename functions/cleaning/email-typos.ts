import { edits } from '../shared/similarity/edits.ts';

const wellKnown = [
  'gmail.com',
  'googlemail.com',
  'yahoo.com',
  'hotmail.com',
  'outlook.com',
  'icloud.com',
  'live.com',
  'aol.com',
  'gmx.de',
  'web.de',
  'proton.me',
];

/** The probable address if its domain is one typing error from a well-known one. A suggestion, not a correction. */
export const suggestedEmail = (email: string): string | undefined => {
  const at = email.lastIndexOf('@') + 1;
  const domain = email.slice(at);
  const suggested = wellKnown.includes(domain) ? undefined : wellKnown.find(known => edits(domain, known) === 1);
  return at && suggested ? `${email.slice(0, at)}${suggested}` : undefined;
};

/** providers with domains one letter away from each other */
const providers = new Set(['mail.com', 'ymail.com', 'email.com', 'hotmail.co', 'yahoo.cn', 'outlook.fr']);

const leastLetters = 5;

export const likelyEmail = (email: string): string | undefined => {
  const suggested = suggestedEmail(email);
  const [given = '', well = ''] = [email, suggested ?? ''].map(address => address.slice(address.lastIndexOf('@') + 1));
  return suggested && (well.split('.')[0] ?? '').length >= leastLetters && !providers.has(given)
    ? suggested
    : undefined;
};
