import { caseClosed } from '../../../events/case.ts';
import type { Handler } from '../../shared/http/contract.ts';
import { type Change, emit } from '../../shared/store/changes.ts';
import type { routes } from '../contract.ts';
import { type Case, cases } from './case.ts';
import { changeCase } from './change-case.ts';
import { mustBe } from './legal.ts';

type Closed = { after: Case; changes: Change[] };

export const closing = (now: string, before: Case, reason: 'manual' | 'unobjected'): Closed => {
  const { id, number, customerId } = before;
  const { after, changes } = changeCase(now, before, { status: 'closed', closedAt: now });
  const data = { number, reason, mergedInto: null };
  return { after, changes: [...changes, emit(caseClosed, { customerId, about: id, data })] };
};

export const closeCase: Handler<typeof routes.closeCase> = async ({ params: { id = '' } }, { now, store }) => {
  const before = await store.need(cases, { id });
  mustBe(before, 'resolved', ['resolved']);
  const { after, changes } = closing(now, before, 'manual');
  return store.commit(changes, after);
};
