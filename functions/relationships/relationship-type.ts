import * as z from 'zod';
import { line, Slug } from '../shared/fields.ts';
import { invalid } from '../shared/http/api-error.ts';
import { stamps } from '../shared/http/contract.ts';
import { entity } from '../shared/store/entity.ts';
import { recordPage } from '../shared/store/record-page.ts';
import type { Store } from '../shared/store/store.ts';

const Kind = z.enum(['person', 'organisation']);

export const TypeFields = z.strictObject({
  label: line(60).describe('the role of the customer that it points to'),
  inverseLabel: line(60).describe('the role of the customer that has it'),
  from: Kind.optional().describe('the kind of customer that has it; default: any'),
  to: Kind.optional().describe('the kind of customer that it points to; default: any'),
  exclusive: z.boolean().optional().describe('whether a customer has one at a time'),
});

export const RelationshipType = z.object({ name: Slug, ...TypeFields.shape, ...stamps });
export type RelationshipType = z.output<typeof RelationshipType>;
export type TypeDefinition = Pick<RelationshipType, 'name' | 'label' | 'inverseLabel' | 'from' | 'to' | 'exclusive'>;

export const relationshipTypes = entity('relationship-type', RelationshipType, {
  onErase: 'not-personal',
  key: ({ name }: { name: string }) => ({ of: ['relationship-type', 'all'], part: name }),
});

export const builtIn: TypeDefinition[] = [
  { name: 'employer', label: 'employer', inverseLabel: 'employee', from: 'person', to: 'organisation' },
  {
    name: 'parent',
    label: 'parent',
    inverseLabel: 'subsidiary',
    from: 'organisation',
    to: 'organisation',
    exclusive: true,
  },
  { name: 'contact', label: 'contact', inverseLabel: 'contact of', to: 'person' },
  { name: 'reseller', label: 'reseller', inverseLabel: 'resells to' },
  { name: 'vendor', label: 'vendor', inverseLabel: 'buyer' },
  { name: 'partner', label: 'partner', inverseLabel: 'partner' },
  { name: 'household', label: 'household', inverseLabel: 'household' },
  { name: 'spouse', label: 'spouse', inverseLabel: 'spouse', from: 'person', to: 'person' },
];

export const isMutual = ({ label, inverseLabel }: Pick<TypeDefinition, 'label' | 'inverseLabel'>) =>
  label === inverseLabel;

export const mostTypes = 50;

export const declaredTypes = async (store: Store): Promise<RelationshipType[]> => {
  const paging = { limit: mostTypes, upwards: true };
  return (await recordPage(store, relationshipTypes, ['relationship-type', 'all'], paging)).items;
};

export const needType = async (store: Store, name: string, path = 'type'): Promise<TypeDefinition> => {
  const known = builtIn.find(type => type.name === name) ?? (await store.get(relationshipTypes, { name }));
  if (known) return known;
  const names = [...builtIn, ...(await declaredTypes(store))].map(type => type.name);
  throw invalid([{ path, message: `is not a relationship type; types are ${names.join(', ')}` }]);
};
