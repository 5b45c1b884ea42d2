import { businessHoursStarted } from '../../../events/agent.ts';
import { type Change, insert, schedule, update } from '../../shared/store/changes.ts';
import { decided } from '../../shared/store/decision.ts';
import type { Store } from '../../shared/store/store.ts';
import type { Case } from '../cases/case.ts';
import { openings } from '../desk/business-calendar.ts';
import type { AnyQueue } from '../desk/read-desk.ts';
import type { Choice, Needs } from './choose-agent.ts';

/** what a case in a queue needs of an agent */
export const needsOf = (
  { language, knownBy }: Pick<Case, 'language' | 'knownBy'>,
  { skills }: Pick<AnyQueue, 'skills'>,
): Needs => ({ skills, language, knownBy });

type Outcome = { kind: string; outcome: string; reasons: string[] };

export const decisionOf = (now: string, { id, customerId }: Case, outcome: Outcome): Change[] =>
  customerId ? [decided(now, { customerId, cause: id, ...outcome })] : [];

/** the timer that resumes assignment when the hours of an agent begin; one per start of hours */
export const openingTimer = async (store: Store, opening: Choice<unknown>['opening']): Promise<Change[]> => {
  if (!opening) return [];
  const { calendarId, at } = opening;
  const before = await store.get(openings, { id: calendarId });
  if (before?.at === at) return [];
  return [
    before
      ? update(openings, before, { ...before, at, version: before.version + 1 })
      : insert(openings, { id: calendarId, at, version: 1 }),
    schedule(at, businessHoursStarted, { about: calendarId, data: { calendarId } }),
  ];
};
