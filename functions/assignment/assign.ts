import { isOpen, nextOpening } from '../shared/time/business-time.ts';
import type { BusinessCalendar } from './business-calendar.ts';

/** who may be given work, as it is now */
export type Candidate = {
  id: string;
  name: string;
  skills: string[];
  languages: string[];
  /** its team and those above */
  teams: string[];
  status: 'available' | 'busy' | 'away';
  /** infinite where nothing limits it */
  capacity: number;
  load: number;
  lastAssignedAt: string | null;
  /** by rule: when it was last given work under it */
  turns?: Record<string, string> | undefined;
  /** null: always on duty */
  hours: BusinessCalendar | null;
  createdAt: string;
};

/** `teams`: of the territory that it belongs to */
export type Work = {
  language: string | null;
  knownBy: string | null;
  weight?: number;
  teams?: string[] | undefined;
};

export type Method = 'leastBusy' | 'roundRobin';

/** What a queue or a rule asks of who is given its work. */
export type Rule = {
  id: string;
  /** what the load of a candidate counts */
  unit: string;
  skills?: string[] | undefined;
  /** of one of these teams, or of a team below it */
  teams?: string[] | undefined;
  staff?: string[] | undefined;
  method?: Method | undefined;
  /** the most work at a time */
  limit?: number | undefined;
};

/** when the hours begin of a candidate who is off duty only */
export type Opening = { calendarId: string; at: string };

export type Assignment<C extends Candidate = Candidate> = {
  who: C | null;
  why: string[];
  /** by candidate; of many, the first ones */
  whyNot: Record<string, string>;
  opening: Opening | null;
};

type Obstacle = { kind: 'ability' | 'presence' | 'capacity' | 'hours'; reason: string };

const mostReasons = 10;

const primary = (language: string) => language.toLowerCase().split(/[-_]/)[0];

const speaks = (languages: string[], language: string | null) =>
  !language || !languages.length || languages.some(spoken => primary(spoken) === primary(language));

const roomOf = ({ capacity }: Candidate, { limit = Number.POSITIVE_INFINITY }: Rule) => Math.min(capacity, limit);

/** work that is heavier than all that a candidate may have is for one who has nothing else */
const hasRoom = (candidate: Candidate, rule: Rule, { weight = 1 }: Work) => {
  const room = roomOf(candidate, rule);
  return room > 0 && candidate.load + Math.min(weight, room) <= room;
};

const abilityOf = (candidate: Candidate, rule: Rule, { language, teams: own }: Work): string[] => {
  const { skills = [], teams = own, staff } = rule;
  const lacks = skills.filter(skill => !candidate.skills.includes(skill));
  return [
    ...(lacks.length ? [`lacks ${lacks.join(', ')}`] : []),
    ...(staff && !staff.includes(candidate.id) ? ['is not named by the rule'] : []),
    ...(teams && !teams.some(team => candidate.teams.includes(team)) ? [`is not in the team ${teams.join(', ')}`] : []),
    ...(speaks(candidate.languages, language) ? [] : [`does not speak ${language}`]),
  ];
};

const obstacles = (candidate: Candidate, rule: Rule, work: Work, now: string): Obstacle[] => {
  const found = abilityOf(candidate, rule, work).map((reason): Obstacle => ({ kind: 'ability', reason }));
  const { status, load, hours } = candidate;
  if (status !== 'available') found.push({ kind: 'presence', reason: `is ${status}` });
  if (!hasRoom(candidate, rule, work)) {
    found.push({ kind: 'capacity', reason: `has no free capacity (${load} of ${roomOf(candidate, rule)})` });
  }
  if (hours && !isOpen(hours, now)) found.push({ kind: 'hours', reason: 'is off duty' });
  return found;
};

const mostTurns = 50;

/** the turns of somebody who was given work under a rule */
export const withTurn = (turns: Candidate['turns'], rule: string, now: string) =>
  Object.fromEntries([...Object.entries(turns ?? {}).filter(([id]) => id !== rule), [rule, now]].slice(-mostTurns));

const order = (a: string, b: string) => (a < b ? -1 : Number(a > b));

const share = (candidate: Candidate, rule: Rule) => {
  const room = roomOf(candidate, rule);
  return Number.isFinite(room) ? candidate.load / room : candidate.load;
};

/** who knows the customer first, then the least loaded, then the longest idle, then by id */
const leastBusy =
  (rule: Rule, { knownBy }: Work) =>
  (a: Candidate, b: Candidate) =>
    Number(b.id === knownBy) - Number(a.id === knownBy) ||
    share(a, rule) - share(b, rule) ||
    order(a.lastAssignedAt ?? '', b.lastAssignedAt ?? '') ||
    order(a.id, b.id);

/** whose turn was longest ago; of those who had none, who joined first */
const roundRobin =
  ({ id }: Rule) =>
  (a: Candidate, b: Candidate) =>
    order(a.turns?.[id] ?? '', b.turns?.[id] ?? '') || order(a.createdAt, b.createdAt) || order(a.id, b.id);

const called = ({ name, id }: Candidate) => (name === id ? id : `${name} (${id})`);

const merits = (who: Candidate, rule: Rule, { language, knownBy }: Work, others: number): string[] => {
  const room = roomOf(who, rule);
  const load = Number.isFinite(room) ? `${who.load} of ${room} ${rule.unit}` : `${who.load} ${rule.unit}`;
  return [
    `${who.name} (${who.id}) is available with ${load}`,
    ...(rule.skills?.length ? [`has the skills ${rule.skills.join(', ')}`] : []),
    ...(rule.teams ? [`is in the team ${rule.teams.filter(team => who.teams.includes(team)).join(', ')}`] : []),
    ...(language ? [`speaks ${language}`] : []),
    ...(rule.method === 'roundRobin' ? ['it is its turn'] : []),
    ...(who.id === knownBy && rule.method !== 'roundRobin' ? ['last worked for this customer'] : []),
    ...(others ? [`preferred to ${others} other agent${others > 1 ? 's' : ''}`] : []),
  ];
};

const firstOpening = (candidates: Candidate[], now: string): Opening | null =>
  candidates
    .flatMap(({ hours }) => (hours ? [{ calendarId: hours.id, at: nextOpening(hours, now) }] : []))
    .sort((a, b) => order(a.at, b.at))[0] ?? null;

/** Decides who is given a piece of work under a rule, and why the others are not. The same input gives the same answer. */
export const assign = <C extends Candidate>(work: Work, candidates: C[], rule: Rule, now: string): Assignment<C> => {
  const judged = candidates.map(one => ({ one, against: obstacles(one, rule, work, now) }));
  const free = judged.filter(({ against }) => !against.length).map(({ one }) => one);
  const [who] = free.toSorted(rule.method === 'roundRobin' ? roundRobin(rule) : leastBusy(rule, work));
  const others = judged.filter(({ one }) => one !== who);
  const whyNot = Object.fromEntries(
    others
      .slice(0, mostReasons)
      .map(({ one, against }) => [
        one.id,
        against.map(({ reason }) => reason).join(', ') || `comes after ${who && called(who)}`,
      ]),
  );
  if (who) return { who, why: merits(who, rule, work, free.length - 1), whyNot, opening: null };
  const why = others.slice(0, mostReasons).map(({ one }) => `${one.name} (${one.id}) ${whyNot[one.id]}`);
  if (others.length > mostReasons) why.push(`and ${others.length - mostReasons} others`);
  const offDuty = judged.filter(({ against }) => against.every(({ kind }) => kind === 'hours'));
  const opening = firstOpening(
    offDuty.map(({ one }) => one),
    now,
  );
  return { who: null, why: why.length ? why : ['there are no agents'], whyNot, opening };
};

type WaitingList<W> = { rule: Rule; waiting: AsyncIterable<W> };

export type Match<W, C extends Candidate> = { work: W; rule: Rule; assignment: Assignment<C> & { who: C } };

const soonest = (a: Opening | null, b: Opening | null) => (a && b && b.at < a.at ? b : (a ?? b));

/** The first piece of work of these lists that a candidate is free for; else when the hours of the first one begin. */
export const firstMatch = async <W extends Work, C extends Candidate>(
  lists: WaitingList<W>[],
  candidates: C[],
  now: string,
): Promise<Match<W, C> | { work: null; opening: Opening | null }> => {
  let opening: Opening | null = null;
  for (const { rule, waiting } of lists) {
    if (!candidates.some(one => isAble(one, rule))) continue;
    for await (const work of waiting) {
      const assignment = assign(work, candidates, rule, now);
      const { who } = assignment;
      if (who) return { work, rule, assignment: { ...assignment, who } };
      opening = soonest(opening, assignment.opening);
    }
  }
  return { work: null, opening };
};

/** whether somebody could be given work under a rule at some time */
export const isAble = (candidate: Candidate, rule: Rule) =>
  !abilityOf(candidate, rule, { language: null, knownBy: null }).length;

/** who could be given something now; the hours are looked at with the work */
export const isReady = ({ status, load, capacity }: Candidate) => status === 'available' && load < capacity;
