import { caseTypeChanged, macroChanged } from '../../../events/agent.ts';
import { profiles } from '../../assignment/agent.ts';
import { agentsOf } from '../../assignment/candidates.ts';
import { teams } from '../../organisation/team.ts';
import { type FieldError, invalid } from '../../shared/http/api-error.ts';
import { handlers } from '../../shared/http/contract.ts';
import { emit } from '../../shared/store/changes.ts';
import { allOf, listShared } from '../../shared/store/record-page.ts';
import { putById, readById, removeById } from '../../shared/store/records.ts';
import type { Store } from '../../shared/store/store.ts';
import { caseTypes } from './case-type.ts';
import { Key } from './fields.ts';
import { type EscalationAction, expanded, macros } from './macro.ts';
import { macroRoutes } from './macro-routes.ts';
import { readQueues } from './read-desk.ts';

/** what actions name and does not exist */
const missingIn = async (actions: EscalationAction[], path: string, store: Store): Promise<FieldError[]> => {
  const [queues, agents] = await Promise.all([
    readQueues(store),
    allOf(store, profiles).then(all => agentsOf(store, all)),
  ]);
  const faults = actions.map(async ({ assign, notify }, nth): Promise<FieldError[]> => {
    const { queue, agentId } = assign ?? {};
    const at = `${path}.${nth}`;
    if (queue && !queues.some(({ id }) => id === queue)) {
      return [{ path: `${at}.assign.queue`, message: `the queue ${queue} does not exist` }];
    }
    if (agentId && !agents.some(({ id }) => id === agentId)) {
      return [{ path: `${at}.assign.agentId`, message: `the agent ${agentId} does not exist` }];
    }
    const team = notify && !(await store.get(teams, { id: notify.team }));
    return team ? [{ path: `${at}.notify.team`, message: `the team ${notify.team} does not exist` }] : [];
  });
  return (await Promise.all(faults)).flat();
};

/** Refuses actions that could never be done; `id`: of the macro that they are to be. */
export const checkActions = async (actions: EscalationAction[], path: string, store: Store, id?: string) => {
  const others = (await allOf(store, macros)).filter(one => one.id !== id);
  // as if it was stored already: a ring leads back to it
  const all = id === undefined ? others : [...others, { id, actions }];
  const { faults } = expanded(actions, all, { within: id === undefined ? [] : [id], path });
  const errors = [...faults, ...(await missingIn(actions, path, store))];
  if (errors.length) throw invalid(errors);
};

export const macroHandlers = handlers(macroRoutes, {
  putMacro: putById(macros, Key, {
    check: async ({ id, actions }, { store }) => {
      await checkActions(actions, 'actions', store, id);
      return undefined;
    },
    changes: ({ id }) => [emit(macroChanged, { about: id, data: { macroId: id, removed: false } })],
  }),
  readMacro: readById(macros),
  listMacros: listShared(macros),
  removeMacro: removeById(macros, ({ id }) => emit(macroChanged, { about: id, data: { macroId: id, removed: true } })),
  putCaseType: putById(caseTypes, Key, {
    check: async ({ compensation, type, legalClock }, { store }) => {
      const needed = compensation.map(({ team }) => (team ? store.get(teams, { id: team }) : true));
      const missing = (await Promise.all(needed)).findIndex(one => !one);
      if (missing >= 0) throw invalid([{ path: `compensation.${missing}.team`, message: 'does not exist' }]);
      if (legalClock && type !== 'complaint') {
        throw invalid([{ path: 'legalClock', message: 'belongs to the type complaint' }]);
      }
      return undefined;
    },
    changes: ({ id }) => [emit(caseTypeChanged, { about: id, data: { caseTypeId: id, removed: false } })],
  }),
  readCaseType: readById(caseTypes),
  listCaseTypes: listShared(caseTypes),
  removeCaseType: removeById(caseTypes, ({ id }) =>
    emit(caseTypeChanged, { about: id, data: { caseTypeId: id, removed: true } }),
  ),
});
