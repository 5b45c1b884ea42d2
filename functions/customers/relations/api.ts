import { serve } from '../../shared/serve.ts';
import { readHierarchy } from './accounts/read-hierarchy.ts';
import { routes } from './contract.ts';
import { addRelationship } from './relationships/add-relationship.ts';
import { changeRelationship } from './relationships/change-relationship.ts';
import { endRelationship } from './relationships/end-relationship.ts';
import { listRelationshipTypes } from './relationships/list-relationship-types.ts';
import { putRelationshipType } from './relationships/put-relationship-type.ts';
import { readRelationship } from './relationships/read-relationship.ts';
import { relationshipsOfCustomer } from './relationships/relationships-of-customer.ts';
import { removeRelationship } from './relationships/remove-relationship.ts';

export const handler = serve(routes, {
  addRelationship,
  relationshipsOfCustomer,
  readRelationship,
  changeRelationship,
  endRelationship,
  removeRelationship,
  listRelationshipTypes,
  putRelationshipType,
  readHierarchy,
});
