import { serve } from '../shared/http/serve.ts';
import { routes } from './contract.ts';
import { listReports } from './list-reports.ts';
import { listStaff } from './list-staff.ts';
import { listTeams } from './list-teams.ts';
import { putStaff } from './put-staff.ts';
import { putTeam } from './put-team.ts';
import { readStaff } from './read-staff.ts';
import { readTeam } from './read-team.ts';
import { removeStaff } from './remove-staff.ts';
import { removeTeam } from './remove-team.ts';

export const handler = serve(routes, {
  listReports,
  listStaff,
  listTeams,
  putStaff,
  putTeam,
  readStaff,
  readTeam,
  removeStaff,
  removeTeam,
});
