import * as z from 'zod';
import { teamChanged, teamRemoved } from '../../events/staff.ts';
import { checkCondition, hiddenFrom } from '../customers/redact.ts';
import { Slug } from '../shared/fields.ts';
import { handlers } from '../shared/http/contract.ts';
import { parse } from '../shared/http/parse.ts';
import { eventOf, remove } from '../shared/store/changes.ts';
import { putRecord, readById, recordPage } from '../shared/store/records.ts';
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
  putTeam: async ({ params, body }, ctx) => {
    const { now, store } = ctx;
    const { id } = parse(z.object({ id: Slug }), params);
    checkCondition(body.territories, ['territories'], await hiddenFrom(ctx));
    mustBePlaced({ id, path: 'parent', above: body.parent }, await teamsAbove(store, body.parent));
    return putRecord(teams, { id }, { id, ...body }, { now, store, changes: team => [eventOf(teamChanged, team)] });
  },
  listTeams: ({ query }, { store }) => recordPage(store, teams, ['team', 'all'], { ...query, upwards: true }),
  readTeam: readById(teams),
  removeTeam: async ({ params: { id = '' } }, { store }) => {
    const [team, members, children] = await Promise.all([
      store.need(teams, { id }),
      store.list(staff, 'team', id, { limit: 1 }),
      store.list(teams, 'parent', id, { limit: 1 }),
    ]);
    if (members.items.length || children.items.length) throw teamInUse();
    return store.commit([remove(teams, team), eventOf(teamRemoved, team)], team);
  },
});
