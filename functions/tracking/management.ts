import { newId } from '../../events/ids.ts';
import { env } from '../shared/aws/env.ts';
import { busSettings } from '../shared/events/bus-sources.ts';
import { handlers, Reply } from '../shared/http/contract.ts';
import { created, insert, remove } from '../shared/store/changes.ts';
import { managementRoutes } from './contract.ts';
import { droppedLately } from './dropped-calls.ts';
import { refused } from './ingest-http.ts';
import { trackingSettings } from './recording-rules.ts';
import { rejections } from './rejection.ts';
import { hashOf, newKey, sourceOf, writeKeys } from './write-key.ts';

export const managementHandlers = handlers(managementRoutes, {
  createWriteKey: async ({ body }, { tenant, store, now }) => {
    const key = newKey(tenant, body.kind);
    const writeKey = created(now, { id: newId('writeKey', now), ...body, hash: hashOf(key) });
    return store.commit([insert(writeKeys, writeKey)], { ...writeKey, key });
  },
  listWriteKeys: ({ query }, { store }) => store.list(writeKeys, 'all', 'all', query),
  revokeWriteKey: async ({ params: { id = '' } }, { store }) => {
    const writeKey = await store.need(writeKeys, { id });
    return store.commit([remove(writeKeys, writeKey)], writeKey);
  },
  listRejections: ({ query }, { store }) => store.list(rejections, 'all', 'all', query),
  readTrackingSettings: (_, { store }) => trackingSettings.of(store),
  putTrackingSettings: ({ body }, { store }) => trackingSettings.replace(store, body),
  readBusSettings: (_, { store }) => busSettings.of(store),
  putBusSettings: ({ body }, { store }) => busSettings.replace(store, body),
  listDropped: async ({ query }, { store }) => ({ items: await droppedLately(query.days, store) }),
  // what the browser SDK asks for before it sends: where to, and no integration to load
  readProjectSettings: async ({ params }, ctx) => {
    try {
      await sourceOf(params.writeKey, ctx);
    } catch (error) {
      return refused(error) as Reply<never>;
    }
    const { protocol, host } = new URL(env.publicUrl());
    const own = { apiKey: params.writeKey, apiHost: `${host}/v1`, protocol: protocol.slice(0, -1) };
    return new Reply(
      200,
      {
        integrations: { 'Segment.io': { ...own, unbundledIntegrations: [], addBundledMetadata: false } },
        plan: { track: { __default: { enabled: true, integrations: {} } } },
        edgeFunction: {},
        metrics: { sampleRate: 0 },
        legacyVideoPluginsEnabled: false,
        remotePlugins: [],
        enabledMiddleware: {},
      },
      { 'cache-control': 'public, max-age=60' },
    );
  },
});
