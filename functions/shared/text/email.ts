import { domainToASCII } from 'node:url';
import * as z from 'zod';

const atom = "[a-z0-9!#$%&'*+/=?^_`{|}~-]+";
const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
// a dot-atom at a host name: quoted names, comments and address literals are legal and not in use
const mailbox = new RegExp(`^(?=[^@]{1,64}@)${atom}(?:\\.${atom})*@(?:${label}\\.)*(?!\\d+$)${label}$`, 'i');

/** the most that a path takes (RFC 5321, 4.5.3.1.3, without its brackets) */
const mostCharacters = 254;

/** The normal form of an address: composed, in lower case, its domain in ASCII (`bücher.example` -> `xn--bcher-kva.example`). */
export const normaliseEmail = (email: string) => {
  const tidy = email.normalize('NFC').trim().toLowerCase();
  const at = tidy.lastIndexOf('@') + 1;
  const domain = tidy.slice(at);
  // only names beyond ASCII need it
  return /[^\0-\x7f]/.test(domain) ? `${tidy.slice(0, at)}${domainToASCII(domain)}` : tidy;
};

/** Whether an address can be one, as normalised: RFC 5321 without quoted local parts, comments and address literals. */
export const isEmail = (email: string) => email.length <= mostCharacters && mailbox.test(email);

export const Email = z
  .string()
  .max(mostCharacters)
  .transform(normaliseEmail)
  .pipe(z.string().refine(isEmail, 'is not an e-mail address').meta({ format: 'email' }));
