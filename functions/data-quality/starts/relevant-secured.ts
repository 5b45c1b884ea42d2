import { builtIn } from '../../customers/attributes/definition.ts';
import { confidentialOf } from '../../customers/attributes/definitions.ts';
import { valuesOf } from '../../customers/attributes/paths.ts';
import { attributesOf } from '../../customers/attributes/value-facts.ts';
import { profileOf } from '../../customers/profile.ts';
import { unserved } from '../../customers/purpose.ts';
import { isHidden } from '../../customers/redact.ts';
import { type Check, completenessOf, each, type Facts, holds, isDeclared, named, ownAttributesOf } from './facts.ts';

const unneededOf = ({ purposes, settings }: Facts, attributes: string[]) =>
  unserved(attributes, purposes, settings.definitions);

/** It has what is needed, and little else. */
export const relevant: Check[] = [
  each('complete', 2, ['it has all required attributes', 'required and missing'], facts => {
    const { required = [], missing = [] } = completenessOf(facts) ?? {};
    return [required, attribute => !missing.includes(attribute)];
  }),
  each('no-clutter', 2, ['all its attributes are declared', 'stored and never declared'], facts => [
    ownAttributesOf(facts),
    attribute => isDeclared(facts, attribute),
  ]),
  each(
    'needed',
    2,
    ['a registered purpose needs all that is stored', 'stored and needed by no registered purpose'],
    facts => {
      // without registered purposes it is unknown what is needed
      if (!facts.purposes.length) return undefined;
      const stored = attributesOf(facts.customer).filter(attribute => !builtIn.includes(attribute));
      const unneeded = unneededOf(facts, stored);
      return [stored, attribute => !unneeded.includes(attribute)];
    },
  ),
  each('worth-keeping', 1, ['all its declared attributes serve a purpose', 'stored for no stated purpose'], facts => [
    ownAttributesOf(facts).filter(attribute => isDeclared(facts, attribute)),
    attribute => !unneededOf(facts, [attribute]).length,
  ]),
];

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

/** what identifies a person to authorities, or concerns its health, beliefs or means */
const sensitive =
  /^identifiers\.(?:national|tax|passport|ssn|nric|iban)|^attributes\.(?:salary|income|health|religion|iban)/i;

/** It is stored as it may be: consent on record, sensitive values classified, no secrets. */
export const secured: Check[] = [
  holds(
    'consent-recorded',
    2,
    ['its consents are on record', 'no consent was ever recorded'],
    ({ consents }) => consents.length > 0,
  ),
  each('consent-proved', 1, ['its consents are proved', 'consent without proof'], ({ consents }) => {
    const granted = new Map(
      consents
        .filter(({ status }) => status === 'granted')
        .map(consent => [`${consent.channel}/${consent.topic}`, consent]),
    );
    const isProved = (name: string) => {
      const { proof, confirmation } = granted.get(name) ?? {};
      return proof !== undefined || confirmation !== undefined;
    };
    return [[...granted.keys()], isProved];
  }),
  each(
    'classified',
    1,
    ['its sensitive values are classified', 'sensitive and not classified as confidential'],
    facts => {
      const hidden = confidentialOf(facts.settings);
      const values = attributesOf(facts.customer).filter(attribute => sensitive.test(attribute));
      return [values, attribute => isHidden(hidden, attribute)];
    },
  ),
  {
    id: 'no-secrets',
    weight: 2,
    of: ({ customer }) => {
      const found = [...valuesOf(profileOf(customer))].flatMap(([attribute, value]) => secretsIn(value, attribute));
      return found.length
        ? { score: 0, detail: `a card number or password is stored in plain text: ${named(found)}` }
        : { score: 1, detail: 'it contains no card number or password' };
    },
  },
];
