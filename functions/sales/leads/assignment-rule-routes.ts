import * as z from 'zod';
import { lists, route, warning } from '../../shared/http/contract.ts';
import { assignmentRuleNotFound } from '../errors.ts';
import { AssignmentRule, AssignmentRuleFields } from './assignment-rule.ts';

const read = { scope: 'settings.read' } as const;
const write = { scope: 'settings.admin' } as const;

export const assignmentRuleRoutes = {
  putAssignmentRule: route('PUT /v1/assignment-rules/{id}', {
    summary: 'Create or replace an assignment rule of leads; the first that matches, by rank, applies',
    ...write,
    body: AssignmentRuleFields,
    reply: warning(AssignmentRule),
    location: ({ id }) => `/v1/assignment-rules/${id}`,
    example: {
      rank: 10,
      match: { attribute: 'source', is: 'web form' },
      to: { team: 'key-accounts' },
      method: 'roundRobin',
      limit: 20,
      respondWithin: 'PT2H',
    },
  }),
  readAssignmentRule: route('GET /v1/assignment-rules/{id}', {
    summary: 'Read an assignment rule',
    ...read,
    reply: AssignmentRule,
  }),
  listAssignmentRules: route('GET /v1/assignment-rules', {
    summary: 'List assignment rules by id',
    ...read,
    ...lists(AssignmentRule),
  }),
  removeAssignmentRule: route('DELETE /v1/assignment-rules/{id}', {
    summary: 'Delete an assignment rule; what waits under it is assigned by the others',
    ...write,
    reply: z.object({ id: z.string() }),
    errors: [assignmentRuleNotFound],
  }),
};
