import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { assign, type Candidate, type Rule, withTurn } from '../../functions/assignment/assign.ts';

type Step = { available?: string[]; cases?: number; case?: number; agent?: string | null } & {
  distribution?: Record<string, number>;
  unassigned?: number;
};
type Line = {
  id: string;
  given: { agents?: string[]; last?: string };
  steps: Step[];
  rotationAfter?: string[];
  lacks?: string;
};

const file = join(process.env.RAPPORT_DATASETS ?? '', 'service-assignment.ndjson');
const isThere = Boolean(process.env.RAPPORT_DATASETS) && existsSync(file);
const lines: Line[] = isThere
  ? readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line))
  : [];
const known = lines.filter(({ given, lacks }) => given.agents && !lacks);

const at = (nth: number) => new Date(Date.UTC(2026, 10, 23) + nth).toISOString();
const rule: Rule = { id: 'q', unit: 'cases', method: 'roundRobin' };

const played = ({ given, steps }: Line) => {
  const all = (given.agents ?? []).map(
    (id, nth): Candidate => ({
      ...{ id, name: id, skills: [], languages: [], teams: [], status: 'available', capacity: 100, load: 0 },
      ...{
        lastAssignedAt: null,
        hours: null,
        createdAt: at(nth),
        ...(id === given.last ? { turns: { q: at(50) } } : {}),
      },
    }),
  );
  let now = 100;
  const give = (available: string[] | undefined) => {
    const some = all.filter(({ id }) => !available || available.includes(id));
    const { who } = assign({ language: null, knownBy: null }, some, rule, at(++now));
    if (who) Object.assign(who, { load: who.load + 1, turns: withTurn(who.turns, 'q', at(now)) });
    return who?.id ?? null;
  };
  for (const { cases, available, agent, distribution, unassigned, case: one } of steps) {
    const to = Array.from({ length: cases ?? (one === undefined ? 0 : 1) }, () => give(available));
    if (agent !== undefined && to.length) expect(to).toEqual([agent]);
    if (unassigned !== undefined) expect(to.filter(id => id === null)).toHaveLength(unassigned);
    for (const [id, count] of Object.entries(distribution ?? {}))
      expect(to.filter(it => it === id)).toHaveLength(count);
  }
  const turn = ({ turns = {}, createdAt }: Candidate) => `${turns.q ?? ''} ${createdAt}`;
  return all.toSorted((a, b) => (turn(a) < turn(b) ? -1 : 1)).map(({ id }) => id);
};

describe('what other products publish about assignment', () => {
  test('is there where RAPPORT_DATASETS names it', () => {
    if (!known.length) console.info('RAPPORT_DATASETS is not set: published cases are not compared');
    expect(known.length > 0).toBe(lines.length > 0);
  });

  for (const line of known) {
    test(line.id, () => {
      const rotation = played(line);
      if (line.rotationAfter) expect(rotation).toEqual(line.rotationAfter);
    });
  }
});
