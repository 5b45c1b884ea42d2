import { serve } from '../shared/http/serve.ts';
import { assignOwner } from './accounts/assign-owner.ts';
import { readHierarchy } from './accounts/read-hierarchy.ts';
import { readRollup } from './accounts/read-rollup.ts';
import { teamsOfCustomer } from './accounts/teams-of-customer.ts';
import { addRelationship } from './add-relationship.ts';
import { changeRelationship } from './change-relationship.ts';
import { routes } from './contract.ts';
import { endRelationship } from './end-relationship.ts';
import { listRelationshipTypes } from './list-relationship-types.ts';
import { putRelationshipType } from './put-relationship-type.ts';
import { readRelationship } from './read-relationship.ts';
import { relationshipsOfCustomer } from './relationships-of-customer.ts';
import { removeRelationship } from './remove-relationship.ts';

export const handler = serve(routes, {
  assignOwner,
  readHierarchy,
  readRollup,
  teamsOfCustomer,
  addRelationship,
  changeRelationship,
  endRelationship,
  listRelationshipTypes,
  putRelationshipType,
  readRelationship,
  relationshipsOfCustomer,
  removeRelationship,
});
