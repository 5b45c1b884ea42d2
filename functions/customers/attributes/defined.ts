import type { CustomerSettings } from '../settings.ts';
import { attributeAt } from './paths.ts';

/** the definition of an attribute, else of the address or identifiers that it is part of */
export const definitionOf = ({ definitions }: CustomerSettings, path: string) => {
  const attribute = attributeAt(path);
  return (
    definitions.find(one => one.attribute === attribute) ??
    definitions.find(one => one.attribute === attribute.split('.')[0])
  );
};

/** the attributes that not everybody may read */
export const confidentialOf = ({ definitions }: CustomerSettings) =>
  definitions.filter(({ classification }) => classification === 'confidential').map(({ attribute }) => attribute);
