import { conflict } from '../shared/http/api-error.ts';

export const teamInUse = conflict('team.in-use', 'The team still has members or sub-teams. Move them first.');
export const staffHasReports = conflict(
  'staff.has-reports',
  'Other staff members report to this one. Change their `reportsTo` first.',
);
