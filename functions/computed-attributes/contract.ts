import * as z from 'zod';
import { attributeOutdated } from '../../events/provenance.ts';
import { identitySettled } from '../../events/tracked.ts';
import { Definition, DefinitionFields } from '../customers/attributes/definition.ts';
import { states } from '../customers/attributes/definitions.ts';
import { attributeNotFound } from '../customers/errors.ts';
import { on, onAll, page, route, stamps, warning, work } from '../shared/http/contract.ts';
import * as errors from './errors.ts';

export const about = 'The attributes of customers that a company defines; some are computed from events.';

const Attribute = Definition.extend({
  name: z.string(),
  filing: z
    .string()
    .optional()
    .describe('the job that indexes the existing customers, where they are to be found by this attribute'),
  state: z
    .enum(states)
    .optional()
    .describe('of a computed one: computing until all customers are done; stopped: it ended before that'),
  version: stamps.version.describe('of all attributes and rules about customers together'),
});

export const routes = {
  listAttributes: route('GET /v1/attributes', {
    summary: 'List all defined attributes; there are at most two hundred',
    scope: 'customers.read',
    reply: page(Attribute),
  }),
  readAttribute: route('GET /v1/attributes/{name}', {
    summary: 'Read the definition of an attribute',
    scope: 'customers.read',
    reply: Attribute,
    errors: [attributeNotFound],
  }),
  putAttribute: route('PUT /v1/attributes/{name}', {
    summary:
      'Define a custom attribute (plan, or attributes.plan), or further rules for a standard field (phone, address.postcode). Values are checked whenever they are written; existing values stay. A computed attribute has its values from events, including those of the past',
    scope: 'settings.admin',
    body: DefinitionFields,
    reply: warning(Attribute),
    errors: Object.values(errors),
    example: {
      label: 'Plan',
      type: 'enum',
      values: ['free', 'silver', 'gold'],
      indexed: true,
      freshness: 'P365D',
      purpose: 'to serve by contract',
    },
  }),
  removeAttribute: route('DELETE /v1/attributes/{name}', {
    summary: 'Delete a definition; its values stay and are no longer checked. Computed values are deleted with it',
    scope: 'settings.admin',
    reply: Attribute,
    errors: [attributeNotFound],
  }),
};

export const subscriptions = {
  computeAttributes: onAll('counts events towards the attributes that are computed from them', [], {
    history: true,
  }),
  outdateAttribute: on([attributeOutdated], 'updates a computed value when events leave its period'),
  countAdopted: on([identitySettled], 'counts events of a device or an id that was linked to a customer'),
};

export const works = {
  'compute-attributes': work('computes attributes from timelines'),
  'withdraw-attribute': work('removes the values of an attribute that is no longer computed'),
};
