import { serve } from '../../shared/serve.ts';
import { readHierarchy } from './accounts/read-hierarchy.ts';
import { readRollup } from './accounts/read-rollup.ts';
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
import { addVersion } from './documents/add-version.ts';
import { changeDocument } from './documents/change-document.ts';
import { confirmUpload } from './documents/confirm-upload.ts';
import { createDocument } from './documents/create-document.ts';
import { findDocuments } from './documents/find-documents.ts';
import { listMyDocuments } from './documents/list-my-documents.ts';
import { readDocument } from './documents/read-document.ts';
import { removeDocument } from './documents/remove-document.ts';
import { cancelInvoice } from './finance/cancel-invoice.ts';
import { changeInvoice } from './finance/change-invoice.ts';
import { findInvoices } from './finance/find-invoices.ts';
import { issueInvoice } from './finance/issue-invoice.ts';
import { listPayments } from './finance/list-payments.ts';
import { readFinance } from './finance/read-finance.ts';
import { readInvoice } from './finance/read-invoice.ts';
import { recordPayment } from './finance/record-payment.ts';
import { setCredit } from './finance/set-credit.ts';
import { changeNeed } from './needs/change-need.ts';
import { findNeeds } from './needs/find-needs.ts';
import { needsOfCustomer } from './needs/needs-of-customer.ts';
import { readNeed } from './needs/read-need.ts';
import { recordNeed } from './needs/record-need.ts';
import { removeNeed } from './needs/remove-need.ts';
import { assignOwner } from './organisation/assign-owner.ts';
import { listReports } from './organisation/list-reports.ts';
import { listStaff } from './organisation/list-staff.ts';
import { listTeams } from './organisation/list-teams.ts';
import { putStaff } from './organisation/put-staff.ts';
import { putTeam } from './organisation/put-team.ts';
import { readStaff } from './organisation/read-staff.ts';
import { readTeam } from './organisation/read-team.ts';
import { removeStaff } from './organisation/remove-staff.ts';
import { removeTeam } from './organisation/remove-team.ts';
import { teamsOfCustomer } from './organisation/teams-of-customer.ts';
import { breakPromise } from './promises/break-promise.ts';
import { keepPromise } from './promises/keep-promise.ts';
import { makePromise } from './promises/make-promise.ts';
import { promisesOfCustomer } from './promises/promises-of-customer.ts';
import { readPromise } from './promises/read-promise.ts';
import { withdrawPromise } from './promises/withdraw-promise.ts';
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
  readRollup,
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
  createDocument,
  findDocuments,
  readDocument,
  changeDocument,
  addVersion,
  confirmUpload,
  removeDocument,
  listMyDocuments,
  recordNeed,
  needsOfCustomer,
  findNeeds,
  readNeed,
  changeNeed,
  removeNeed,
  makePromise,
  promisesOfCustomer,
  readPromise,
  keepPromise,
  breakPromise,
  withdrawPromise,
  issueInvoice,
  findInvoices,
  readInvoice,
  changeInvoice,
  recordPayment,
  listPayments,
  cancelInvoice,
  readFinance,
  setCredit,
  putTeam,
  listTeams,
  readTeam,
  removeTeam,
  teamsOfCustomer,
  putStaff,
  listStaff,
  readStaff,
  listReports,
  removeStaff,
  assignOwner,
});
