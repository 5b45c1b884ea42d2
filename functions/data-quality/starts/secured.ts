import { confidentialOf } from '../../customers/attributes/definitions.ts';
import { valuesOf } from '../../customers/attributes/paths.ts';
import { profileOf } from '../../customers/profile.ts';
import { isHidden } from '../../customers/redact.ts';
import { attributesOf } from './attributes-of.ts';
import { type Check, named, share, yes } from './check.ts';
import { secretsIn } from './secrets.ts';

/** what identifies a person to authorities, or tells of its body or means */
const sensitive =
  /^identifiers\.(?:national|tax|passport|ssn|nric|iban)|^attributes\.(?:salary|income|health|religion|iban)/i;

/** It is kept as it may be: consent on record, what is sensitive classified, no secrets in the open. */
export const secured: Check[] = [
  {
    id: 'consent-recorded',
    weight: 2,
    of: ({ consents }) =>
      yes(consents.length > 0, { right: 'what it agreed to is on record', wrong: 'no consent was ever recorded' }),
  },
  {
    id: 'consent-proved',
    weight: 1,
    of: ({ consents }) =>
      share(
        consents.filter(({ status }) => status === 'granted').map(({ channel, topic }) => `${channel}/${topic}`),
        given =>
          consents.some(
            ({ channel, topic, proof, confirmation }) =>
              given === `${channel}/${topic}` && (proof !== undefined || confirmation !== undefined),
          ),
        { right: 'its consents are proved', wrong: 'consent without proof' },
      ),
  },
  {
    id: 'classified',
    weight: 1,
    of: facts => {
      const hidden = confidentialOf(facts.settings);
      return share(
        attributesOf(facts).filter(attribute => sensitive.test(attribute)),
        attribute => isHidden(hidden, attribute),
        { right: 'what is sensitive is classified', wrong: 'sensitive and not classified as confidential' },
      );
    },
  },
  {
    id: 'no-secrets',
    weight: 2,
    of: ({ customer }) => {
      const found = [...valuesOf(profileOf(customer))].flatMap(([attribute, value]) => secretsIn(value, attribute));
      return yes(!found.length, {
        right: 'no card number or password is kept in the open',
        wrong: `a card number or password is kept in the open: ${named(found)}`,
      });
    },
  },
];
