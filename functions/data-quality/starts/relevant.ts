import { builtIn } from '../../customers/attributes/definition.ts';
import { definitionOf } from '../../customers/attributes/definitions.ts';
import { unserved } from '../../customers/purpose.ts';
import { attributesOf, ownAttributesOf, requiredOf } from './attributes-of.ts';
import { type Check, type Facts, share } from './check.ts';

const unneededOf = ({ purposes, settings }: Facts, attributes: string[]) =>
  unserved(attributes, purposes, settings.definitions);

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
    id: 'needed',
    weight: 2,
    of: facts => {
      // where nothing is registered nobody has said yet what is needed
      if (!facts.purposes.length) return undefined;
      const kept = attributesOf(facts).filter(attribute => !builtIn.includes(attribute));
      const unneeded = unneededOf(facts, kept);
      return share(kept, attribute => !unneeded.includes(attribute), {
        right: 'a registered purpose needs all that is kept',
        wrong: 'kept and needed by no registered purpose',
      });
    },
  },
  {
    id: 'worth-keeping',
    weight: 1,
    of: facts =>
      share(
        ownAttributesOf(facts).filter(attribute => definitionOf(facts.settings, attribute)),
        attribute => !unneededOf(facts, [attribute]).length,
        { right: 'everything it keeps serves a purpose', wrong: 'kept for no stated purpose' },
      ),
  },
];
