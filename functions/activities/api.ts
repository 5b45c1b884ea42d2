import { serve } from '../shared/http/serve.ts';
import { cancelTask } from './cancel-task.ts';
import { changeActivity } from './change-activity.ts';
import { breakPromise } from './commitments/break-promise.ts';
import { keepPromise } from './commitments/keep-promise.ts';
import { makePromise } from './commitments/make-promise.ts';
import { promisesOfCustomer } from './commitments/promises-of-customer.ts';
import { readPromise } from './commitments/read-promise.ts';
import { withdrawPromise } from './commitments/withdraw-promise.ts';
import { completeTask } from './complete-task.ts';
import { routes } from './contract.ts';
import { addVersion } from './documents/add-version.ts';
import { changeDocument } from './documents/change-document.ts';
import { confirmUpload } from './documents/confirm-upload.ts';
import { createDocument } from './documents/create-document.ts';
import { findDocuments } from './documents/find-documents.ts';
import { listMyDocuments } from './documents/list-my-documents.ts';
import { readDocument } from './documents/read-document.ts';
import { removeDocument } from './documents/remove-document.ts';
import { findActivities } from './find-activities.ts';
import { changeNeed } from './needs/change-need.ts';
import { findNeeds } from './needs/find-needs.ts';
import { needsOfCustomer } from './needs/needs-of-customer.ts';
import { readNeed } from './needs/read-need.ts';
import { recordNeed } from './needs/record-need.ts';
import { removeNeed } from './needs/remove-need.ts';
import { readActivity } from './read-activity.ts';
import { recordActivity } from './record-activity.ts';
import { removeActivity } from './remove-activity.ts';

export const handler = serve(routes, {
  cancelTask,
  changeActivity,
  breakPromise,
  keepPromise,
  makePromise,
  promisesOfCustomer,
  readPromise,
  withdrawPromise,
  completeTask,
  addVersion,
  changeDocument,
  confirmUpload,
  createDocument,
  findDocuments,
  listMyDocuments,
  readDocument,
  removeDocument,
  findActivities,
  changeNeed,
  findNeeds,
  needsOfCustomer,
  readNeed,
  recordNeed,
  removeNeed,
  readActivity,
  recordActivity,
  removeActivity,
});
