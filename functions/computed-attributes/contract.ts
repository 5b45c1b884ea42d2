import * as z from 'zod';
import { attributeOutdated } from '../../events/provenance.ts';
import { identitySettled } from '../../events/tracked.ts';
import { Definition, DefinitionFields } from '../customers/attributes/definition.ts';
import { states } from '../customers/attributes/definitions.ts';
import { on, onAll, page, route, stamps, work } from '../shared/http/contract.ts';

export const about = 'What a company means by the attributes of its customers; some are computed from what happens.';

const Declared = Definition.extend({
  name: z.string(),
  filing: z.string().optional().describe('the job that files the customers there are, when they are to be found by it'),
  state: z
    .enum(states)
    .optional()
    .describe('of a computed one: computing until all customers are gone through; stopped: that was ended before'),
  version: stamps.version.describe('of all that is declared and decided about customers together'),
});

export const routes = {
  listAttributes: route('GET /v1/attributes', {
    summary: 'Every attribute that is declared, all at once: there are two hundred at most',
    scope: 'customers.read',
    reply: page(Declared),
  }),
  readAttribute: route('GET /v1/attributes/{name}', {
    summary: 'What is declared of an attribute',
    scope: 'customers.read',
    reply: Declared,
    errors: ['attribute.not-found'],
  }),
  putAttribute: route('PUT /v1/attributes/{name}', {
    summary:
      'Declare an attribute of your own (plan, or attributes.plan), or what you ask of a field of ours (phone, address.postcode). Values are held against it whenever they are written; those there are stay as they are. One that is computed has its values from what happens, and what has happened',
    scope: 'settings.admin',
    body: DefinitionFields,
    reply: Declared,
    errors: [
      'attribute.too-many',
      'attribute.computed-required',
      'attribute.event-unknown',
      'attribute.event-unfit',
      'attribute.operation-unfit',
      'attribute.path-needed',
      'attribute.path-unknown',
      'attribute.path-unfit',
      'attribute.within-unfit',
      'attribute.where-unfit',
    ],
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
    summary:
      'Take a declaration back; the values stay and are not checked any more, those that were computed go with it',
    scope: 'settings.admin',
    reply: Declared,
    errors: ['attribute.not-found'],
  }),
};

export const subscriptions = {
  computeAttributes: onAll('counts what happens towards the attributes that are computed from it'),
  outdateAttribute: on([attributeOutdated], 'lets a computed value fall when nothing happens any more'),
  countAdopted: on([identitySettled], 'counts what a customer has got from a device or an id that was linked to it'),
};

export const works = {
  'compute-attributes': work('computes attributes from timelines'),
  'withdraw-attribute': work('removes the values of an attribute that is no longer computed'),
};
