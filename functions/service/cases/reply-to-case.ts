import { caseReplied, caseResumed } from '../../../events/case.ts';
import { customerById } from '../../customers/reads.ts';
import type { Ctx } from '../../shared/http/context.ts';
import type { Handler } from '../../shared/http/contract.ts';
import { type Change, emit } from '../../shared/store/changes.ts';
import type { routes } from '../contract.ts';
import { calendars } from '../desk/business-calendar.ts';
import { paused, resumed } from '../routing/sla.ts';
import { type Case, type CaseMessage, cases } from './case.ts';
import { changeCase } from './change-case.ts';
import { held, mustBe, open } from './legal.ts';
import { reopening } from './reopen-case.ts';
import { answerMessage } from './tell-customer.ts';
import { writeMessage } from './write-message.ts';

type Moved = { after: Case; changes: Change[] };

const told = ({ id, number, customerId }: Case, from: 'agent' | 'customer', { id: messageId }: CaseMessage) =>
  emit(caseReplied, { customerId, about: id, data: { number, from, messageId } });

/** An answer goes to the customer. Whoever holds the case then waits for the customer; a settled case stays settled. */
const answered = (now: string, before: Case): Moved => {
  const sla = { ...before.sla, firstRespondedAt: before.sla.firstRespondedAt ?? now };
  if (!held.includes(before.status)) return changeCase(now, before, { sla });
  return changeCase(now, before, { status: 'waiting', sla: paused(sla, now) });
};

/** The customer wrote: what waited goes on, what was settled is taken up again. */
const heard = async (before: Case, { now, store }: Ctx): Promise<Moved> => {
  if (before.status === 'resolved' || before.status === 'closed') return reopening(now, before, 'customer');
  if (before.status !== 'waiting') return { after: before, changes: [] };
  const { calendarId } = before.sla;
  const hours = (calendarId && (await store.get(calendars, { id: calendarId }))) || null;
  const sla = resumed(before.sla, hours, now);
  const { after, changes } = changeCase(now, before, { status: 'assigned', sla, watchedSince: now });
  const { id, number, customerId } = before;
  const data = { number, resolutionDueAt: sla.resolutionDueAt };
  return { after, changes: [...changes, emit(caseResumed, { customerId, about: id, data })] };
};

export const replyToCase: Handler<typeof routes.replyToCase> = async ({ params: { id = '' }, body }, ctx) => {
  const { now, store } = ctx;
  const before = await store.need(cases, { id });
  if (body.from === 'customer') {
    const actor = before.customerId ? `customer:${before.customerId}` : ctx.actor;
    const { message, change } = writeMessage(now, before, { kind: 'inbound', body: body.body, actor });
    const { after, changes } = await heard(before, ctx);
    return store.commit([...changes, change, told(before, 'customer', message)], after);
  }
  mustBe(before, 'open', [...open, 'resolved']);
  const { message, change } = writeMessage(now, before, { kind: 'reply', body: body.body, actor: ctx.actor });
  const { after, changes } = answered(now, before);
  const customer = before.customerId ? await customerById(store, before.customerId) : undefined;
  const sent = customer ? answerMessage(before, customer, message) : [];
  return store.commit([...changes, change, told(before, 'agent', message), ...sent], after);
};
