import { serve } from '../../shared/serve.ts';
import { readHierarchy } from './accounts/read-hierarchy.ts';
import { cancelTask } from './activities/cancel-task.ts';
import { changeActivity } from './activities/change-activity.ts';
import { completeTask } from './activities/complete-task.ts';
import { findActivities } from './activities/find-activities.ts';
import { readActivity } from './activities/read-activity.ts';
import { recordActivity } from './activities/record-activity.ts';
import { removeActivity } from './activities/remove-activity.ts';
import { changeAsset } from './assets/change-asset.ts';
import { findAssets } from './assets/find-assets.ts';
import { listReadings } from './assets/list-readings.ts';
import { readAsset } from './assets/read-asset.ts';
import { recordReading } from './assets/record-reading.ts';
import { registerAsset } from './assets/register-asset.ts';
import { removeAsset } from './assets/remove-asset.ts';
import { transferAsset } from './assets/transfer-asset.ts';
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
  recordActivity,
  findActivities,
  readActivity,
  changeActivity,
  completeTask,
  cancelTask,
  removeActivity,
  registerAsset,
  findAssets,
  readAsset,
  changeAsset,
  removeAsset,
  recordReading,
  listReadings,
  transferAsset,
});
