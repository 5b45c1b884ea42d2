import { attributesRequested } from '../../events/action.ts';
import { tagRequested } from '../../events/trigger.ts';
import { on, work } from '../shared/http/contract.ts';
import { attributeRoutes } from './attributes/attribute-routes.ts';
import { customerRoutes } from './customer-routes.ts';

export const about = 'One record for each person and organisation: their data, its sources, and what happened.';

export const routes = { ...attributeRoutes, ...customerRoutes };

export const subscriptions = {
  tagCustomer: on([tagRequested], 'adds the tags that triggers and journeys request'),
  setAttributes: on([attributesRequested], 'sets the attributes that triggers and journeys request'),
};

export const works = {
  'index-attributes': work('indexes customers by an attribute'),
};
