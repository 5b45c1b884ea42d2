import { problem } from '../shared/http/api-error.ts';

export const teamInUse = problem(
  'conflict',
  'team.in-use',
  'The team still has members or sub-teams. Move them first.',
);
export const staffHasReports = problem(
  'conflict',
  'staff.has-reports',
  'Other staff members report to this one. Change their `reportsTo` first.',
);
