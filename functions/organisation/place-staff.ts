import { staffChanged, teamChanged } from '../../events/staff.ts';
import { invalid } from '../shared/http/api-error.ts';
import { type Change, created, eventOf, insert } from '../shared/store/changes.ts';
import { decidedUnder, written } from '../shared/store/lock.ts';
import { decidePut, fieldsOf } from '../shared/store/records.ts';
import type { Store } from '../shared/store/store.ts';
import { lineAbove, lockOfLines, mustBePlaced } from './reporting-line.ts';
import { StaffFields, type StaffMember, staff } from './staff-member.ts';
import { teams } from './team.ts';

export const superiorsOf = (store: Store, reportsTo: string | undefined) =>
  lineAbove(
    reportsTo,
    id => store.get(staff, { id }),
    member => member.reportsTo,
  );

type Placed = Pick<StaffMember, 'id' | 'team' | 'reportsTo'>;

/** The changes that a team and a superior take. `newTeams`: a team that does not exist is created, else refused. */
export const placeStaff = async (
  store: Store,
  { id, team, reportsTo }: Placed,
  { newTeams = false } = {},
): Promise<Change[]> => {
  if (!team && !reportsTo) return [];
  const lock = await lockOfLines(store);
  const [found, superiors] = await Promise.all([
    team ? store.get(teams, { id: team }) : undefined,
    superiorsOf(store, reportsTo),
  ]);
  if (team && !found && !newTeams) throw invalid([{ path: 'team', message: `does not exist: ${team}` }]);
  mustBePlaced({ id, path: 'reportsTo', above: reportsTo }, superiors);
  const added = team && !found ? [created(store.now, { id: team, name: team })] : [];
  return [
    decidedUnder(lock, [written(staff, { id })]),
    ...added.flatMap(one => [insert(teams, one), eventOf(teamChanged, one)]),
  ];
};

type Given = { name?: string | undefined } & Omit<Partial<StaffMember>, 'name'>;

/** The staff member that a service profile belongs to: a new one, or one with these fields and all others as they were. */
export const decideStaff = async (store: Store, id: string, { name, ...fields }: Given) => {
  const decided = await decidePut(
    staff,
    { id },
    before => {
      const called = name ?? before?.name;
      if (called === undefined) {
        throw invalid([{ path: 'name', message: `is missing: ${id} is not a staff member yet` }]);
      }
      return { skills: [], languages: [], ...(before && fieldsOf(StaffFields, before)), ...fields, id, name: called };
    },
    { now: store.now, store, changes: member => [eventOf(staffChanged, member)] },
  );
  if (!decided.changes.length) return decided;
  const placing = await placeStaff(store, decided.after, { newTeams: true });
  return { ...decided, changes: [...decided.changes, ...placing] };
};
