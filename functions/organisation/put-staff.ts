import * as z from 'zod';
import { staffChanged } from '../../events/staff.ts';
import { UserId } from '../shared/fields.ts';
import { invalid } from '../shared/http/api-error.ts';
import { type Handler, Reply } from '../shared/http/contract.ts';
import { parse } from '../shared/http/parse.ts';
import { created, emit, insert, update, updated } from '../shared/store/changes.ts';
import { chainAbove, mustBePlaced } from './chain.ts';
import type { organisationRoutes } from './organisation-routes.ts';
import { type Staff, staff, told } from './staff.ts';
import { teams } from './team.ts';

export const putStaff: Handler<typeof organisationRoutes.putStaff> = async ({ params, body }, { now, store }) => {
  const { userId: id } = parse(z.object({ userId: UserId }), params);
  const [before, team, chain] = await Promise.all([
    store.get(staff, { id }),
    body.team ? store.get(teams, { id: body.team }) : undefined,
    chainAbove(
      body.reportsTo,
      at => store.get(staff, { id: at }),
      ({ reportsTo }) => reportsTo,
    ),
  ]);
  if (body.team && !team) throw invalid([{ path: 'team', message: `is not known: ${body.team}` }]);
  mustBePlaced({ id, path: 'reportsTo', above: body.reportsTo }, chain);
  const changing = (one: Staff) => emit(staffChanged, { about: id, data: told(one) });
  if (!before) {
    const one: Staff = created(now, { id, ...body });
    return store.commit([insert(staff, one), changing(one)], new Reply(201, one));
  }
  const { version, createdAt, updatedAt } = before;
  const one: Staff = updated(now, { id, ...body, version, createdAt, updatedAt }, {});
  return store.commit([update(staff, before, one), changing(one)], one);
};
