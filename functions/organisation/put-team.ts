import * as z from 'zod';
import { teamChanged } from '../../events/staff.ts';
import { checkCondition, hiddenFrom } from '../customers/redact.ts';
import { Slug } from '../shared/fields.ts';
import { type Handler, Reply } from '../shared/http/contract.ts';
import { parse } from '../shared/http/parse.ts';
import { created, emit, insert, update, updated } from '../shared/store/changes.ts';
import { chainAbove, mustBePlaced } from './chain.ts';
import type { organisationRoutes } from './organisation-routes.ts';
import { type Team, teams, told } from './team.ts';

export const putTeam: Handler<typeof organisationRoutes.putTeam> = async ({ params, body }, ctx) => {
  const { now, store } = ctx;
  const { id } = parse(z.object({ id: Slug }), params);
  checkCondition(body.territories, ['territories'], await hiddenFrom(ctx));
  const [before, chain] = await Promise.all([
    store.get(teams, { id }),
    chainAbove(
      body.parent,
      at => store.get(teams, { id: at }),
      ({ parent }) => parent,
    ),
  ]);
  mustBePlaced({ id, path: 'parent', above: body.parent }, chain);
  const changing = (team: Team) => emit(teamChanged, { about: id, data: told(team) });
  if (!before) {
    const team: Team = created(now, { id, ...body });
    return store.commit([insert(teams, team), changing(team)], new Reply(201, team));
  }
  const { version, createdAt, updatedAt } = before;
  const team: Team = updated(now, { id, ...body, version, createdAt, updatedAt }, {});
  return store.commit([update(teams, before, team), changing(team)], team);
};
