import { definitionOf } from '../../customers/attributes/definitions.ts';
import { displayName } from '../../customers/customer.ts';
import { attributesOf, isDeclared } from './attributes-of.ts';
import { type Check, share, yes } from './check.ts';

/** Others can find it, know whose it is and what it is kept for. */
export const shareable: Check[] = [
  {
    id: 'named',
    weight: 2,
    of: ({ customer }) => yes(Boolean(displayName(customer)), { right: 'it has a name', wrong: 'it has no name' }),
  },
  {
    id: 'known-elsewhere',
    weight: 1,
    of: ({ customer: { externalId, email } }) =>
      yes(Boolean(externalId ?? email), {
        right: 'other systems can find it by an external id or e-mail address',
        wrong: 'it has neither an external id nor an e-mail address that other systems could find it by',
      }),
  },
  {
    id: 'grouped',
    weight: 1,
    of: ({ customer, lists }) => {
      const tags = customer.attributes?.tags;
      return yes(lists > 0 || (Array.isArray(tags) && tags.length > 0), {
        right: 'it is on a list or carries a tag that a team shares',
        wrong: 'it is on no list and carries no tag',
      });
    },
  },
  {
    id: 'owned',
    weight: 1,
    of: ({ customer: { ownerId } }) =>
      yes(ownerId !== undefined, { right: 'somebody looks after it', wrong: 'nobody in particular looks after it' }),
  },
  {
    id: 'purpose-stated',
    weight: 1,
    of: facts =>
      share(
        attributesOf(facts).filter(attribute => isDeclared(facts, attribute)),
        attribute => definitionOf(facts.settings, attribute)?.purpose !== undefined,
        { right: 'it is stated what its attributes are kept for', wrong: 'not stated what these are kept for' },
      ),
  },
];
