import { CustomerId } from '../../events/ids.ts';
import { shortestEnd } from '../customers/lookups/phone-end.ts';
import { compact, nameWords } from '../customers/normalise.ts';
import { normalisePhone } from '../customers/phone.ts';
import { normaliseEmail } from '../shared/text/email.ts';

/** What somebody typed may be. One text may be several things: `4567` the end of a number, and an id. */
export type Reading = {
  words: string[];
  /** whole or the beginning of one */
  email?: string;
  /** after an @, whole or the beginning of one */
  domain?: string;
  /** E.164 */
  phone?: string;
  /** the end of a phone number */
  phoneEnd?: string;
  /** of a card, a passport …, without what parts its digits */
  number?: string;
  /** as typed: ids are compared as they are */
  externalId: string;
  customerId?: string;
};

const mostWords = 8;

const phoneLike = /^(tel:)?[+\d\s()./-]+((ext|x)\.? ?\d+)?$/i;
const beginsAddress = /^[a-z0-9][a-z0-9.!#$%&'*+/=?^_`{|}~-]*$/i;

/** more than that is a number as it is dialled within its country, from which a leading zero is left out abroad */
const longestEnd = 6;

/** the end of a number, or all of it but its country */
const endOf = (text: string) => {
  const digits = text.replace(/(ext|x)\.? ?\d+$/i, '').replace(/\D/g, '');
  const end = digits.length > longestEnd ? digits.replace(/^0+/, '') : digits;
  return phoneLike.test(text) && end.length >= shortestEnd ? end : undefined;
};

const e164Of = (text: string) => (/\d{3}/.test(text) ? normalisePhone(text.replace(/^00(?=[1-9])/, '+')) : undefined);

/** `Ada Tan <ada@example.com>` is written for the address in it */
const addressIn = (text: string) => text.split(/[\s<>,;:"()]+/).find(part => part.includes('@'));

const addressed = (part: string): Partial<Reading> =>
  part.startsWith('@') ? { domain: normaliseEmail(part).slice(1) } : { email: normaliseEmail(part) };

const numbered = (text: string): Partial<Reading> => {
  const [phone, phoneEnd, number] = [e164Of(text), endOf(text), compact(text)];
  return {
    ...(phone ? { phone } : {}),
    ...(phoneEnd ? { phoneEnd } : {}),
    ...(/\d/.test(number) && number.length > 2 ? { number } : {}),
  };
};

export const readingOf = (typed: string): Reading => {
  // a plus sign that was not percent-encoded arrives as a space
  const text = typed.replace(/^ (?=\d)/, '+').trim();
  const part = addressIn(text);
  const whole = { externalId: text, ...(CustomerId.safeParse(text).success ? { customerId: text } : {}) };
  if (part) return { ...whole, words: [], ...addressed(part) };
  const words = nameWords(text).slice(0, mostWords);
  const email = beginsAddress.test(text) ? { email: text.toLowerCase() } : {};
  return { ...whole, words, ...email, ...numbered(text) };
};
