import type { Store } from '../shared/store/store.ts';
import { lineAbove } from './reporting-line.ts';
import { staff } from './staff-member.ts';
import { type Team, teams } from './team.ts';

/** a team and those above it, nearest first */
export const lineOfTeam = (team: string | undefined, find: (id: string) => Promise<Team | undefined>) =>
  lineAbove(team, find, ({ parent }) => parent);

/** ids of the teams that a user is in: its own and those above */
export const teamsOfUser = async (store: Store, userId: string): Promise<string[]> => {
  const member = await store.get(staff, { id: userId });
  const line = await lineOfTeam(member?.team, id => store.get(teams, { id }));
  return line.map(({ id }) => id);
};
