import type * as z from 'zod';
import { newActivity } from '../activities/activity.ts';
import { needCustomer } from '../customers/reads.ts';
import { type Call, calls, promisedCall } from '../messaging/call.ts';
import { invalid } from '../shared/http/api-error.ts';
import type { Handler, Request } from '../shared/http/contract.ts';
import { insert, update, updated } from '../shared/store/changes.ts';
import { plus } from '../shared/time/duration.ts';
import type { routes } from './contract.ts';
import { callWrappedUp, incomingNotFound } from './errors.ts';
import { callIdOf } from './incoming.ts';
import { incomingCalls, type WrapUpCode, wrapUpCodes } from './incoming-call.ts';

type Route = typeof routes.wrapUpCall;
type Given = { code: z.output<typeof WrapUpCode>; customer: Awaited<ReturnType<typeof needCustomer>>; now: string };

/** the call-back of the request, with what the code says of it */
const callBackOf = ({ callBack, note }: Request<Route>['body'], { code, customer, now }: Given): Call | null => {
  const queue = callBack?.queue ?? code.callBack?.queue;
  if (!callBack && !queue) return null;
  if (!queue) throw invalid([{ path: 'callBack.queue', message: 'is missing: the code names none' }]);
  const to = callBack?.to ?? customer.phone;
  if (!to) throw invalid([{ path: 'callBack.to', message: 'is missing: the customer has no phone number' }]);
  const dueAt = callBack?.dueAt ?? (code.callBack ? plus(now, code.callBack.after) : now);
  const script = callBack?.script ?? note?.slice(0, 2_000) ?? code.name;
  return promisedCall(now, { ...callBack, customerId: customer.id, queue, to, dueAt, script });
};

export const wrapUpCall: Handler<Route> = async ({ params: { id: callId = '' }, body }, ctx) => {
  const { now, store } = ctx;
  const [before, code] = await Promise.all([
    store.get(incomingCalls, { id: callIdOf(callId) }),
    store.get(wrapUpCodes, { id: body.code }),
  ]);
  if (!before) throw incomingNotFound();
  if (before.activityId) throw callWrappedUp();
  if (!code) throw invalid([{ path: 'code', message: `there is no wrap-up code ${body.code}` }]);
  const who = body.customerId ?? before.customerId;
  if (!who) throw invalid([{ path: 'customerId', message: 'is missing: the number did not say who called' }]);
  const customer = await needCustomer(store, who);
  const { note, durationMinutes, relatedTo } = body;
  const { activity, changes } = newActivity(ctx, {
    ...{ customerId: customer.id, kind: 'call', direction: 'inbound', subject: code.name, outcome: code.id },
    ...{ body: note, durationMinutes, relatedTo, occurredAt: before.at },
  });
  const callBack = callBackOf(body, { code, customer, now });
  const after = updated(now, before, { customerId: customer.id, activityId: activity.id });
  const wrapped = [update(incomingCalls, before, after), ...changes, ...(callBack ? [insert(calls, callBack)] : [])];
  return store.commit(wrapped, { activity, callBack });
};
