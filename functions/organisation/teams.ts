import { teamChanged, teamRemoved } from '../../events/staff.ts';
import { checkCondition, hiddenFrom } from '../customers/redact.ts';
import { Slug } from '../shared/fields.ts';
import { handlers } from '../shared/http/contract.ts';
import { eventOf, remove } from '../shared/store/changes.ts';
import { listShared } from '../shared/store/record-page.ts';
import { changeById, putById, readById } from '../shared/store/records.ts';
import type { Store } from '../shared/store/store.ts';
import { teamInUse } from './errors.ts';
import { teamRoutes } from './organisation-routes.ts';
import { lineAbove, mustBePlaced } from './reporting-line.ts';
import { staff } from './staff-member.ts';
import { teams } from './team.ts';

const teamsAbove = (store: Store, parent: string | undefined) =>
  lineAbove(
    parent,
    id => store.get(teams, { id }),
    team => team.parent,
  );

export const teamHandlers = handlers(teamRoutes, {
  putTeam: putById(teams, Slug, {
    check: async ({ id, parent, territories }, ctx) => {
      checkCondition(territories, ['territories'], await hiddenFrom(ctx));
      mustBePlaced({ id, path: 'parent', above: parent }, await teamsAbove(ctx.store, parent));
    },
    changes: team => [eventOf(teamChanged, team)],
  }),
  listTeams: listShared(teams),
  readTeam: readById(teams),
  removeTeam: changeById(teams, async (team, _, { store }) => {
    const [members, children] = await Promise.all([
      store.list(staff, 'team', team.id, { limit: 1 }),
      store.list(teams, 'parent', team.id, { limit: 1 }),
    ]);
    if (members.items.length || children.items.length) throw teamInUse();
    return { after: team, changes: [remove(teams, team), eventOf(teamRemoved, team)] };
  }),
});
