import { handlers } from '../shared/http/contract.ts';
import { update } from '../shared/store/changes.ts';
import { calls, ended } from './call.ts';
import { callRoutes } from './contract.ts';
import { callDone } from './errors.ts';
import { messages } from './message.ts';
import { recorded } from './record-delivery.ts';
import { messagingSettings, usualCalls } from './settings.ts';

export const callHandlers = handlers(callRoutes, {
  listCalls: ({ query: { state, ...paging } }, { store }) =>
    store.list(calls, 'state', state, { ...paging, upwards: true }),
  endCall: async ({ params: { id = '' }, body }, { now, store }) => {
    const [call, message, settings] = await Promise.all([
      store.need(calls, { id }),
      store.get(messages, { id }),
      messagingSettings.of(store),
    ]);
    if (call.state === 'done') throw callDone();
    const { after, progress } = ended(call, body, settings.calls ?? usualCalls, now);
    const changes = message && progress ? recorded(message, progress, now) : [];
    return store.commit([update(calls, call, after), ...changes], after);
  },
});
