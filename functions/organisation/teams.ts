import { teamChanged, teamRemoved } from '../../events/staff.ts';
import { checkCondition } from '../customer-facts/check-condition.ts';
import { Slug } from '../shared/fields.ts';
import { handlers } from '../shared/http/contract.ts';
import { eventOf, remove } from '../shared/store/changes.ts';
import { asItIs, decidedUnder, written } from '../shared/store/lock.ts';
import { listShared } from '../shared/store/record-page.ts';
import { changeById, putById, readById } from '../shared/store/records.ts';
import { teamInUse } from './errors.ts';
import { teamRoutes } from './organisation-routes.ts';
import { lineOfTeam } from './reads.ts';
import { lockOfLines, mustBePlaced } from './reporting-line.ts';
import { staff } from './staff-member.ts';
import { teams } from './team.ts';

/** of what an index shows, which may be late: enough that some of it is as it is */
const mostShown = 100;

export const teamHandlers = handlers(teamRoutes, {
  putTeam: putById(teams, Slug, {
    check: async ({ id, parent, territories }, ctx) => {
      await checkCondition(territories, 'territories', ctx);
      const lock = await lockOfLines(ctx.store);
      const line = await lineOfTeam(parent, one => ctx.store.get(teams, { id: one }));
      mustBePlaced({ id, path: 'parent', above: parent }, line);
      return [decidedUnder(lock, [written(teams, { id })])];
    },
    changes: team => [eventOf(teamChanged, team)],
  }),
  listTeams: listShared(teams),
  readTeam: readById(teams),
  removeTeam: changeById(teams, async (team, _, { store }) => {
    const lock = await lockOfLines(store);
    const [members, children] = await Promise.all([
      store.list(staff, 'team', team.id, { limit: mostShown }),
      store.list(teams, 'parent', team.id, { limit: mostShown }),
    ]);
    const [own, below] = await Promise.all([
      asItIs(store, staff, members.items, [lock]),
      asItIs(store, teams, children.items, [lock]),
    ]);
    if (own.some(one => one.team === team.id) || below.some(one => one.parent === team.id)) throw teamInUse();
    return { after: team, changes: [remove(teams, team), decidedUnder(lock, []), eventOf(teamRemoved, team)] };
  }),
});
