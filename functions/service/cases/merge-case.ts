import { caseClosed } from '../../../events/case.ts';
import { ApiError } from '../../shared/http/api-error.ts';
import type { Handler } from '../../shared/http/contract.ts';
import { emit } from '../../shared/store/changes.ts';
import type { routes } from '../contract.ts';
import { agents } from '../desk/agent.ts';
import { type Case, cases } from './case.ts';
import { changeCase, holderOf } from './change-case.ts';
import { mustBe, open } from './legal.ts';
import { writeMessage } from './write-message.ts';

const mayMerge = (before: Case, into: Case) => {
  if (into.id === before.id) {
    throw new ApiError('conflict', 'case.merge-into-itself', 'a case cannot be merged into itself');
  }
  mustBe(before, 'open', [...open, 'resolved']);
  mustBe(into, 'open', [...open, 'resolved']);
  if (into.customerId !== before.customerId) {
    throw new ApiError('conflict', 'case.other-customer', `${into.number} is the case of another customer`);
  }
};

/** The other case gets a note that tells what this one said; its messages stay readable here. */
export const mergeCase: Handler<typeof routes.mergeCase> = async ({ params: { id = '' }, body }, ctx) => {
  const { now, store, actor } = ctx;
  const [before, into] = await Promise.all([store.need(cases, { id }), store.need(cases, { id: body.into })]);
  mayMerge(before, into);
  const holder = holderOf(before);
  const agent = holder ? await store.get(agents, { id: holder }) : undefined;
  const { after, changes } = changeCase(
    now,
    before,
    { status: 'closed', closedAt: now, mergedInto: into.id, queuedAt: null },
    agent ? [agent] : [],
  );
  const { number, customerId, subject, description } = before;
  const note = `Merged from ${number} (${id}): ${[subject, description].filter(Boolean).join('\n\n')}`;
  const { change } = writeMessage(now, into, { kind: 'note', body: note, actor });
  const data = { number, reason: 'merged' as const, mergedInto: into.id };
  return store.commit([...changes, change, emit(caseClosed, { customerId, about: id, data })], after);
};
