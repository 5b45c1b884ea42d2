import { assignmentRuleChanged } from '../../../events/lead.ts';
import { checkCondition } from '../../customer-facts/check-condition.ts';
import { staff } from '../../organisation/staff-member.ts';
import { teams } from '../../organisation/team.ts';
import { Key } from '../../shared/fields.ts';
import { invalid } from '../../shared/http/api-error.ts';
import type { Ctx } from '../../shared/http/context.ts';
import { handlers } from '../../shared/http/contract.ts';
import { emit } from '../../shared/store/changes.ts';
import { listShared } from '../../shared/store/record-page.ts';
import { putById, readById, removeById } from '../../shared/store/records.ts';
import { type AssignmentRule, assignmentRules, LeadFacts } from './assignment-rule.ts';
import { assignmentRuleRoutes } from './assignment-rule-routes.ts';

const event = (id: string, removed: boolean) =>
  emit(assignmentRuleChanged, { about: id, data: { ruleId: id, removed } });

/** who is to be given leads must be there */
const checkTarget = async ({ staff: people = [], team, territory }: AssignmentRule['to'], { store }: Ctx) => {
  const known = new Set((await store.getByIds(staff, people)).map(({ id }) => id));
  const faults = people.flatMap((id, nth) =>
    known.has(id) ? [] : [{ path: `to.staff.${nth}`, message: `is not a staff member: ${id}` }],
  );
  if (faults.length) throw invalid(faults);
  const path = team ? 'to.team' : 'to.territory';
  const id = team ?? (typeof territory === 'string' ? territory : undefined);
  const named = id === undefined ? undefined : await store.get(teams, { id });
  if (id !== undefined && !named) throw invalid([{ path, message: `the team does not exist: ${id}` }]);
  if (named && territory && !named.territories) {
    throw invalid([{ path, message: `the team ${id} has no territories` }]);
  }
};

export const assignmentRuleHandlers = handlers(assignmentRuleRoutes, {
  putAssignmentRule: putById(assignmentRules, Key, {
    check: async ({ match, to }, ctx) => {
      await Promise.all([checkCondition(match, 'match', ctx, LeadFacts), checkTarget(to, ctx)]);
      return undefined;
    },
    changes: ({ id }) => [event(id, false)],
  }),
  readAssignmentRule: readById(assignmentRules),
  listAssignmentRules: listShared(assignmentRules),
  removeAssignmentRule: removeById(assignmentRules, ({ id }) => event(id, true)),
});
