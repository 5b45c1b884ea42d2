import { env } from '../shared/aws/env.ts';
import { type Handler, Reply } from '../shared/http/contract.ts';
import type { routes } from './contract.ts';
import { sourceOf } from './source.ts';
import { refused } from './take-post.ts';

/** What the browser SDK asks for before it sends: where to, and nothing to load. */
export const readProjectSettings: Handler<typeof routes.readProjectSettings> = async ({ params }, ctx) => {
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
};
