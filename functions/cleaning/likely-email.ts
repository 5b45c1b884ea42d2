import { suggestedEmail } from './suggested-email.ts';

/** providers whose names are a letter away from another's */
const own = new Set(['mail.com', 'ymail.com', 'email.com', 'hotmail.co', 'yahoo.cn', 'outlook.fr']);

/** shorter names are near too many others */
const leastLetters = 5;

/** The address that was meant, where its domain is nobody's but a slip of the keys. */
export const likelyEmail = (email: string): string | undefined => {
  const meant = suggestedEmail(email);
  const [given = '', well = ''] = [email, meant ?? ''].map(address => address.slice(address.lastIndexOf('@') + 1));
  return meant && (well.split('.')[0] ?? '').length >= leastLetters && !own.has(given) ? meant : undefined;
};
