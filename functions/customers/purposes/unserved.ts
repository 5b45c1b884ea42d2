import type { Definition } from '../attributes/definition.ts';
import { attributeAt } from '../attributes/paths.ts';
import type { Purpose } from './purpose.ts';
import { servesAttribute } from './serves.ts';

type Declared = Pick<Definition, 'attribute' | 'purpose'>;

/** which of some attributes nothing is registered for that needs them, and that were not declared for a purpose either. Pure. */
export const unserved = (
  paths: string[],
  purposes: Pick<Purpose, 'attributes'>[],
  definitions: readonly Declared[],
): string[] => {
  const declared = new Set(definitions.flatMap(({ attribute, purpose }) => (purpose ? [attribute] : [])));
  return paths.filter(
    path => !declared.has(attributeAt(path)) && !purposes.some(purpose => servesAttribute(purpose, path)),
  );
};
