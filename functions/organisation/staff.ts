import * as z from 'zod';
import { staffChanged, staffRemoved } from '../../events/staff.ts';
import { UserId } from '../shared/fields.ts';
import { invalid } from '../shared/http/api-error.ts';
import { handlers } from '../shared/http/contract.ts';
import { parse } from '../shared/http/parse.ts';
import { eventOf, remove } from '../shared/store/changes.ts';
import { putRecord, recordPage } from '../shared/store/records.ts';
import type { Store } from '../shared/store/store.ts';
import { staffHasReports } from './errors.ts';
import { staffRoutes } from './organisation-routes.ts';
import { lineAbove, mustBePlaced } from './reporting-line.ts';
import { staff } from './staff-member.ts';
import { teams } from './team.ts';

const superiorsOf = (store: Store, reportsTo: string | undefined) =>
  lineAbove(
    reportsTo,
    id => store.get(staff, { id }),
    member => member.reportsTo,
  );

export const staffHandlers = handlers(staffRoutes, {
  putStaff: async ({ params, body }, { now, store }) => {
    const { userId: id } = parse(z.object({ userId: UserId }), params);
    const [team, superiors] = await Promise.all([
      body.team ? store.get(teams, { id: body.team }) : undefined,
      superiorsOf(store, body.reportsTo),
    ]);
    if (body.team && !team) throw invalid([{ path: 'team', message: `does not exist: ${body.team}` }]);
    mustBePlaced({ id, path: 'reportsTo', above: body.reportsTo }, superiors);
    return putRecord(
      staff,
      { id },
      { id, ...body },
      { now, store, changes: member => [eventOf(staffChanged, member)] },
    );
  },
  listStaff: async ({ query: { team, ...paging } }, { store }) =>
    team
      ? store.list(staff, 'team', team, { ...paging, upwards: true })
      : recordPage(store, staff, ['staff', 'all'], { ...paging, upwards: true }),
  readStaff: ({ params: { userId: id = '' } }, { store }) => store.need(staff, { id }),
  listReports: async ({ params: { userId: id = '' }, query }, { store }) => {
    const { reportsTo } = await store.need(staff, { id });
    const [line, { items, nextCursor }] = await Promise.all([
      superiorsOf(store, reportsTo),
      store.list(staff, 'reportsTo', id, { ...query, upwards: true }),
    ]);
    return { line, items, nextCursor };
  },
  removeStaff: async ({ params: { userId: id = '' } }, { store }) => {
    const [member, reports] = await Promise.all([
      store.need(staff, { id }),
      store.list(staff, 'reportsTo', id, { limit: 1 }),
    ]);
    if (reports.items.length) throw staffHasReports();
    return store.commit([remove(staff, member), eventOf(staffRemoved, member)], member);
  },
});
