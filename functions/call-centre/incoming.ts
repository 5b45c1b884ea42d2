import { callReceived } from '../../events/call.ts';
import { nextActions } from '../customer-view/next-actions.ts';
import { isOpenCase, ofKind } from '../customer-view/part.ts';
import { withheldFrom } from '../customer-view/view.ts';
import { type Customer, customers } from '../customers/customer.ts';
import { normalisePhone } from '../customers/phone.ts';
import { hiddenFrom, redact } from '../customers/redact.ts';
import { cases } from '../service/cases/case.ts';
import { invalid } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import type { Handler } from '../shared/http/contract.ts';
import { created, eventOf, insert } from '../shared/store/changes.ts';
import { derivedId } from '../shared/store/derived-id.ts';
import type { routes } from './contract.ts';
import { incomingCalls } from './incoming-call.ts';

const most = { customers: 5, records: 300 };

export const callIdOf = (callId: string) => derivedId('incomingCall', callId);

const numberIn = ({ from, country }: { from?: string | undefined; country?: string | undefined }) => {
  const number = from && normalisePhone(from, country);
  if (from && !number) throw invalid([{ path: 'from', message: 'is not a phone number such as +6591234567' }]);
  return number;
};

const withPhone = async (phone: string | undefined, { store }: Ctx): Promise<Customer[]> => {
  if (!phone) return [];
  const { items } = await store.lookup(customers, 'phone', phone, { limit: most.customers });
  return store.getByIds(customers, items);
};

/** what who answers has to know of a caller: one query for all records that belong to it */
const shown = async (customer: Customer, ctx: Ctx) => {
  const [records, hidden] = await Promise.all([ctx.store.owned(customer.id, { limit: most.records }), hiddenFrom(ctx)]);
  const openCases = ofKind(records, cases).filter(isOpenCase);
  return { ...redact(customer, hidden), openCases, nextActions: nextActions({ records, withheld: withheldFrom(ctx) }) };
};

export const receiveCall: Handler<typeof routes.receiveCall> = async ({ body }, ctx) => {
  const { now, store } = ctx;
  const { callId, line = null } = body;
  const id = callIdOf(callId);
  const [found, before] = await Promise.all([withPhone(numberIn(body), ctx), store.get(incomingCalls, { id })]);
  const callers = await Promise.all(found.map(one => shown(one, ctx)));
  const reply = { callId, customers: callers };
  if (before) return reply;
  const customerId = found.length === 1 ? found[0]?.id : undefined;
  const call = created(now, { id, callId, customerId, at: now });
  const received = customerId ? [eventOf(callReceived, { ...call, customerId }, { callId, line })] : [];
  return store.commit([insert(incomingCalls, call), ...received], reply);
};
