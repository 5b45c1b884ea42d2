import { newActivity } from '../activities/activity.ts';
import { needCustomer } from '../customers/reads.ts';
import { invalid } from '../shared/http/api-error.ts';
import type { Ctx } from '../shared/http/context.ts';
import { handlers } from '../shared/http/contract.ts';
import { insert, update, updated } from '../shared/store/changes.ts';
import { changeById, having } from '../shared/store/records.ts';
import { type Call, calls, ended, promisedCall } from './call.ts';
import { callRoutes } from './contract.ts';
import { callDone, noCallDue } from './errors.ts';
import { messages } from './message.ts';
import { recorded } from './record-delivery.ts';
import { messagingSettings, usualCalls } from './settings.ts';

/** candidates for who takes the next one: lists are late, so the first may be taken */
const most = 20;

const isFree = (now: string) => (call: Call) => call.state === 'open' && !call.assignedTo && call.dueAt <= now;

const callerIn = ({ actor }: Ctx) => {
  const [, user] = /^user:(.+)$/.exec(actor) ?? [];
  if (!user) throw invalid([{ path: 'assignedTo', message: 'is missing: a machine takes no calls itself' }]);
  return user;
};

/** a call without a message is on the timeline by what it came to */
const note = ({ customerId, script: subject, note: body, outcome }: Call, ctx: Ctx) =>
  newActivity(ctx, {
    ...{ customerId, kind: 'call', direction: 'outbound', subject: subject.slice(0, 300), outcome },
    ...(body && { body }),
  }).changes;

export const callHandlers = handlers(callRoutes, {
  listCalls: ({ query: { state, queue, assignedTo, ...paging } }, { store }) => {
    const keep = having<Call>({ assignedTo, queue });
    return queue && state === 'open'
      ? store.list(calls, 'queue', queue, { ...paging, keep, upwards: true })
      : store.list(calls, 'state', state, { ...paging, keep, upwards: true });
  },
  promiseCall: async ({ body }, { now, store }) => {
    const { id: customerId, phone } = await needCustomer(store, body.customerId);
    const to = body.to ?? phone;
    if (!to) throw invalid([{ path: 'to', message: 'is missing: the customer has no phone number' }]);
    const call = promisedCall(now, { ...body, customerId, to });
    return store.commit([insert(calls, call)], call);
  },
  takeCall: async ({ body: { queue, assignedTo } }, ctx) => {
    const { now, store } = ctx;
    const by = assignedTo ?? callerIn(ctx);
    const [list, of] = queue ? (['queue', queue] as const) : (['state', 'open'] as const);
    const { items } = await store.list(calls, list, of, { limit: most, keep: isFree(now), upwards: true });
    const found = await store.getByIds(
      calls,
      items.map(({ id }) => id),
    );
    const call = items.flatMap(({ id }) => found.find(one => one.id === id) ?? []).find(isFree(now));
    if (!call) throw noCallDue();
    const after = updated(now, call, { assignedTo: by });
    return store.commit([update(calls, call, after)], after);
  },
  assignCall: changeById(calls, (before, { assignedTo }, { now }) => {
    if (before.state === 'done') throw callDone();
    const after = updated(now, before, { assignedTo: assignedTo ?? undefined });
    return { after, changes: [update(calls, before, after)] };
  }),
  endCall: async ({ params: { id = '' }, body }, ctx) => {
    const { now, store } = ctx;
    const [call, message, settings] = await Promise.all([
      store.need(calls, { id }),
      store.get(messages, { id }),
      messagingSettings.of(store),
    ]);
    if (call.state === 'done') throw callDone();
    const { after, progress } = ended(call, body, settings.calls ?? usualCalls, now);
    const changes = message ? (progress ? recorded(message, progress, now) : []) : note(after, ctx);
    return store.commit([update(calls, call, after), ...changes], after);
  },
});
