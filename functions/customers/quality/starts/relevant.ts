import { definitionOf } from '../../attributes/defined.ts';
import { ownAttributesOf, requiredOf } from './attributes-of.ts';
import { type Check, share } from './check.ts';

/** It has what is needed, and little else. */
export const relevant: Check[] = [
  {
    id: 'complete',
    weight: 2,
    of: facts => {
      const { required = [], missing = [] } = requiredOf(facts) ?? {};
      return share(required, attribute => !missing.includes(attribute), {
        right: 'it has all that is required',
        wrong: 'required and missing',
      });
    },
  },
  {
    id: 'no-clutter',
    weight: 2,
    of: facts =>
      share(ownAttributesOf(facts), attribute => definitionOf(facts.settings, attribute) !== undefined, {
        right: 'nothing is kept that nobody declared',
        wrong: 'kept and never declared',
      }),
  },
  {
    id: 'worth-keeping',
    weight: 1,
    of: facts =>
      share(
        ownAttributesOf(facts).filter(attribute => definitionOf(facts.settings, attribute)),
        attribute => definitionOf(facts.settings, attribute)?.purpose !== undefined,
        { right: 'everything it keeps serves a purpose', wrong: 'kept for no stated purpose' },
      ),
  },
];
