import { isOpen, nextOpening } from '../../shared/time/business-time.ts';
import type { Candidate } from '../desk/read-desk.ts';

type Needs = { skills: string[]; team?: string | undefined; language: string | null; knownBy: string | null };

export type Choice<A> = {
  agent: A | null;
  reasons: string[];
  /** when the business hours of the first agent begin who is off duty only */
  opening: { calendarId: string; at: string } | null;
};

type Obstacle = { kind: 'ability' | 'presence' | 'capacity' | 'hours'; reason: string };

const mostReasons = 10;

const primary = (language: string) => language.toLowerCase().split(/[-_]/)[0];

const speaks = (languages: string[], language: string | null) =>
  !language || !languages.length || languages.some(spoken => primary(spoken) === primary(language));

const obstacles = (agent: Candidate, needs: Needs, now: string): Obstacle[] => {
  const found: Obstacle[] = [];
  const lacks = needs.skills.filter(skill => !agent.skills.includes(skill));
  if (lacks.length) found.push({ kind: 'ability', reason: `lacks ${lacks.join(', ')}` });
  if (needs.team && !agent.teams.includes(needs.team)) {
    found.push({ kind: 'ability', reason: `is not in the team ${needs.team}` });
  }
  if (!speaks(agent.languages, needs.language))
    found.push({ kind: 'ability', reason: `does not speak ${needs.language}` });
  if (agent.status !== 'available') found.push({ kind: 'presence', reason: `is ${agent.status}` });
  if (agent.load >= agent.capacity) {
    found.push({ kind: 'capacity', reason: `has no free capacity (${agent.load} of ${agent.capacity})` });
  }
  if (agent.hours && !isOpen(agent.hours, now)) found.push({ kind: 'hours', reason: 'is off duty' });
  return found;
};

const ratio = ({ load, capacity }: Candidate) => load / capacity;
const idleSince = ({ lastAssignedAt }: Candidate) => lastAssignedAt ?? '';
const order = (a: string, b: string) => (a < b ? -1 : Number(a > b));

/** the agent who knows the customer first, then the least loaded, then the longest idle, then by id */
const preference =
  ({ knownBy }: Needs) =>
  (a: Candidate, b: Candidate) =>
    Number(b.id === knownBy) - Number(a.id === knownBy) ||
    ratio(a) - ratio(b) ||
    order(idleSince(a), idleSince(b)) ||
    order(a.id, b.id);

const merits = (agent: Candidate, needs: Needs, others: number) => [
  `${agent.name} (${agent.id}) is available with ${agent.load} of ${agent.capacity} cases`,
  ...(needs.skills.length ? [`has the skills ${needs.skills.join(', ')}`] : []),
  ...(needs.team ? [`is in the team ${needs.team}`] : []),
  ...(needs.language ? [`speaks ${needs.language}`] : []),
  ...(agent.id === needs.knownBy ? ['last worked for this customer'] : []),
  ...(others ? [`preferred to ${others} other agent${others > 1 ? 's' : ''}`] : []),
];

const firstOpening = (agents: Candidate[], now: string) =>
  agents
    .flatMap(({ hours }) => (hours ? [{ calendarId: hours.id, at: nextOpening(hours, now) }] : []))
    .sort((a, b) => order(a.at, b.at))[0] ?? null;

/** Chooses the agent for a case, or gives the reason for no agent. The same input gives the same choice. */
export const chooseAgent = (needs: Needs, candidates: Candidate[], now: string): Choice<Candidate> => {
  const judged = candidates.map(agent => ({ agent, against: obstacles(agent, needs, now) }));
  const free = judged.filter(({ against }) => !against.length).map(({ agent }) => agent);
  const [agent] = free.toSorted(preference(needs));
  if (agent) return { agent, reasons: merits(agent, needs, free.length - 1), opening: null };
  const offDuty = judged.filter(({ against }) => against.every(({ kind }) => kind === 'hours'));
  const reasons = judged
    .slice(0, mostReasons)
    .map(({ agent, against }) => `${agent.name} (${agent.id}) ${against.map(({ reason }) => reason).join(', ')}`);
  if (judged.length > mostReasons) reasons.push(`and ${judged.length - mostReasons} others`);
  return {
    agent: null,
    reasons: reasons.length ? reasons : ['there are no agents'],
    opening: firstOpening(
      offDuty.map(({ agent }) => agent),
      now,
    ),
  };
};
