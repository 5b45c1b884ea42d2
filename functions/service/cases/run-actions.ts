import { ApiError } from '../../shared/http/api-error.ts';
import { allOf } from '../../shared/store/record-page.ts';
import type { Store } from '../../shared/store/store.ts';
import { type EscalationAction, expanded, macros } from '../desk/macro.ts';
import { macroInvalid } from '../errors.ts';
import {
  assignedTo,
  type CaseStep,
  changedTo,
  type Escalating,
  noted,
  raised,
  replied,
  resolvedWith,
  tagged,
  teamNotified,
} from './case-parts.ts';

export const stepOf = (action: EscalationAction, escalating: Escalating): CaseStep => {
  const { set, tag, note, reply, assign, resolve, notify } = action;
  if (set) return changedTo(set);
  if (tag) return tagged(tag);
  if (note) return noted(note.body);
  if (reply) return replied(reply.body);
  if (assign) return assignedTo(assign);
  if (resolve) return resolvedWith((resolve !== true && resolve.resolution) || null);
  return notify ? teamNotified(notify.team, escalating) : raised;
};

const byHand: Escalating = { on: 'breach', clock: 'resolution' };

/** the steps of actions, with those of the macros that they name */
export const stepsOf = async (actions: EscalationAction[], store: Store, escalating = byHand): Promise<CaseStep[]> => {
  const { actions: all, faults } = expanded(actions, await allOf(store, macros));
  const [fault] = faults;
  if (fault) throw macroInvalid(`The macro cannot run: ${fault.message}.`);
  return all.map(action => stepOf(action, escalating));
};

/** the step, or nothing where the state of the case does not allow it: an escalation does what it can */
export const ifAllowed =
  (step: CaseStep, refused: (reason: string) => void): CaseStep =>
  async (current, ctx) => {
    try {
      return await step(current, ctx);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      refused(error.message);
      return {};
    }
  };
