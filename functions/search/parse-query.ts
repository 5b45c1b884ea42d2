import { CustomerId } from '../../events/ids.ts';
import { compact, nameWords, shortestEnd } from '../customers/normalise.ts';
import { normalisePhone } from '../customers/phone.ts';
import { normaliseEmail } from '../shared/text/email.ts';

/** What the text of a search may be. One text may be several things: `4567` the end of a phone number, and an id. */
export type ParsedQuery = {
  words: string[];
  /** whole or a prefix */
  email?: string;
  /** after an @, whole or a prefix */
  domain?: string;
  /** E.164 */
  phone?: string;
  /** the end of a phone number */
  phoneEnd?: string;
  /** of a card, a passport …, without separators */
  number?: string;
  /** unchanged: ids are compared exactly */
  externalId: string;
  customerId?: string;
};

const mostWords = 8;

const phoneLike = /^(tel:)?[+\d\s()./-]+((ext|x)\.? ?\d+)?$/i;
const beginsAddress = /^[a-z0-9][a-z0-9.!#$%&'*+/=?^_`{|}~-]*$/i;

/** longer is a national number; E.164 omits its leading zero */
const longestEnd = 6;

/** the end of a number, or all of it but the country code */
const endOf = (text: string) => {
  const digits = text.replace(/(ext|x)\.? ?\d+$/i, '').replace(/\D/g, '');
  const end = digits.length > longestEnd ? digits.replace(/^0+/, '') : digits;
  return phoneLike.test(text) && end.length >= shortestEnd ? end : undefined;
};

const e164Of = (text: string, country: string | undefined) =>
  /\d{3}/.test(text) ? normalisePhone(text.replace(/^00(?=[1-9])/, '+'), country) : undefined;

const addressPart = (text: string) => text.split(/[\s<>,;:"()]+/).find(part => part.includes('@'));

const fromAddress = (part: string): Partial<ParsedQuery> =>
  part.startsWith('@') ? { domain: normaliseEmail(part).slice(1) } : { email: normaliseEmail(part) };

const fromNumber = (text: string, country: string | undefined): Partial<ParsedQuery> => {
  const [phone, phoneEnd, number] = [e164Of(text, country), endOf(text), compact(text)];
  return {
    ...(phone ? { phone } : {}),
    ...(phoneEnd ? { phoneEnd } : {}),
    ...(/\d/.test(number) && number.length > 2 ? { number } : {}),
  };
};

/** `country`: of national phone numbers */
export const parseQuery = (q: string, country?: string): ParsedQuery => {
  // a plus sign that is not percent-encoded arrives as a space
  const text = q.replace(/^ (?=\d)/, '+').trim();
  const part = addressPart(text);
  const whole = { externalId: text, ...(CustomerId.safeParse(text).success ? { customerId: text } : {}) };
  if (part) return { ...whole, words: [], ...fromAddress(part) };
  const words = nameWords(text).slice(0, mostWords);
  const email = beginsAddress.test(text) ? { email: text.toLowerCase() } : {};
  return { ...whole, words, ...email, ...fromNumber(text, country) };
};
