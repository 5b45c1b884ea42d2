import { type Change, update, updated } from '../shared/store/changes.ts';
import { type Profile, profileOf, profiles } from './agent.ts';
import { withTurn } from './assign.ts';

/** work that goes from one agent to another, or to or from nobody */
export type Shift = { from: string | null; to: string | null; weight: number; rule: string | null };

/**
 * What shifts of work change of the loads of agents: each agent once, however much it loses and gets. `involved`: the agents as
 * they were read. It conflicts with any other change of one of them.
 */
export const loadChanges = (now: string, shifts: Shift[], involved: Profile[]): Change[] => {
  const by = new Map<string, { more: number; rule: string | null }>();
  const count = (id: string | null, more: number, rule: string | null) => {
    if (!id) return;
    const sum = by.get(id) ?? { more: 0, rule: null };
    by.set(id, { more: sum.more + more, rule: rule ?? sum.rule });
  };
  for (const { from, to, weight, rule } of shifts) {
    count(from, -weight, null);
    count(to, weight, from === to ? null : rule);
  }
  return [...by].flatMap(([id, { more, rule }]) => {
    if (!more) return [];
    const agent = involved.find(one => one.id === id);
    if (!agent) throw new Error(`agent ${id} was not read`);
    const profile = profileOf(agent);
    const load = Math.max(0, profile.load + more);
    const turns = rule ? { turns: withTurn(profile.turns, rule, now) } : {};
    return [
      update(
        profiles,
        profile,
        updated(now, profile, { load, ...(more > 0 ? { lastAssignedAt: now, ...turns } : {}) }),
      ),
    ];
  });
};
