import { staffChanged, staffRemoved } from '../../events/staff.ts';
import { UserId } from '../shared/fields.ts';
import { handlers } from '../shared/http/contract.ts';
import { eventOf, remove } from '../shared/store/changes.ts';
import { asItIs, decidedUnder } from '../shared/store/lock.ts';
import { recordPage } from '../shared/store/record-page.ts';
import { changeById, putById, readById } from '../shared/store/records.ts';
import { staffHasReports } from './errors.ts';
import { staffRoutes } from './organisation-routes.ts';
import { placeStaff, superiorsOf } from './place-staff.ts';
import { lockOfLines } from './reporting-line.ts';
import { staff } from './staff-member.ts';

export const staffHandlers = handlers(staffRoutes, {
  putStaff: putById(staff, UserId, {
    check: (member, { store }) => placeStaff(store, member),
    changes: member => [eventOf(staffChanged, member)],
  }),
  listStaff: async ({ query: { team, ...paging } }, { store }) =>
    team
      ? store.list(staff, 'team', team, { ...paging, upwards: true })
      : recordPage(store, staff, ['staff', 'all'], { ...paging, upwards: true }),
  readStaff: readById(staff),
  listReports: async ({ params: { userId: id = '' }, query }, { store }) => {
    const { reportsTo } = await store.need(staff, { id });
    const [line, { items, nextCursor }] = await Promise.all([
      superiorsOf(store, reportsTo),
      store.list(staff, 'reportsTo', id, { ...query, upwards: true }),
    ]);
    return { line, items, nextCursor };
  },
  removeStaff: changeById(staff, async (member, _, { store }) => {
    const lock = await lockOfLines(store);
    const { items: shown } = await store.list(staff, 'reportsTo', member.id, { limit: 100 });
    const reports = await asItIs(store, staff, shown, [lock]);
    if (reports.some(({ reportsTo }) => reportsTo === member.id)) throw staffHasReports();
    return { after: member, changes: [remove(staff, member), decidedUnder(lock, []), eventOf(staffRemoved, member)] };
  }),
});
