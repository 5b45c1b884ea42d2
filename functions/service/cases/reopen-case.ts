import { caseReopened } from '../../../events/case.ts';
import { ApiError } from '../../shared/http/api-error.ts';
import type { Handler } from '../../shared/http/contract.ts';
import { type Change, emit } from '../../shared/store/changes.ts';
import type { routes } from '../contract.ts';
import { type Case, cases } from './case.ts';
import { changeCase } from './change-case.ts';
import { mustBe } from './legal.ts';
import { writeMessage } from './write-message.ts';

/** A settled case taken up again: routed anew, first to whoever knows it, with a new time to resolve it in. */
export const reopening = (now: string, before: Case, by: 'agent' | 'customer'): { after: Case; changes: Change[] } => {
  mustBe(before, 'resolved', ['resolved', 'closed']);
  if (before.mergedInto) {
    throw new ApiError('conflict', 'case.merged', `case ${before.number} goes on as another one`, {
      extra: { mergedInto: before.mergedInto },
    });
  }
  const { id, number, customerId, sla } = before;
  const { after, changes } = changeCase(now, before, {
    status: 'reopened',
    agentId: null,
    resolvedAt: null,
    closedAt: null,
    sla: { ...sla, pausedAt: null, resolutionDueAt: null, breached: sla.breached.filter(one => one !== 'resolution') },
    watchedSince: now,
  });
  return { after, changes: [...changes, emit(caseReopened, { customerId, about: id, data: { number, by } })] };
};

export const reopenCase: Handler<typeof routes.reopenCase> = async ({ params: { id = '' }, body }, ctx) => {
  const { now, store, actor } = ctx;
  const before = await store.need(cases, { id });
  const { after, changes } = reopening(now, before, 'agent');
  const note = body.reason ? [writeMessage(now, before, { kind: 'note', body: body.reason, actor }).change] : [];
  return store.commit([...changes, ...note], after);
};
