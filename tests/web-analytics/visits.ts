import { messageId, tracker } from '../tracking/tracker.ts';
import type { World } from '../world.ts';

const chrome = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36';

type Visit = { path?: string; query?: string; referrer?: string } & Record<string, unknown>;

export type Session = {
  id: string;
  state: string;
  startedAt: string;
  endedAt: string;
  seconds: number;
  events: number;
  pages: number;
  source: string;
  medium: string;
  entry: { name: string; url?: string };
  exit: { name: string };
  outcomes: { kind: string }[];
};

/** a page as browsers track it, of user `u-1` unless given */
export const pageCall = (at: string, { path = '/', query = '', referrer, ...more }: Visit = {}) => ({
  type: 'page',
  messageId: messageId(),
  timestamp: at,
  ...('anonymousId' in more ? {} : { userId: 'u-1' }),
  context: { page: { path, url: `https://shop.example${path}${query}`, referrer }, userAgent: chrome },
  ...more,
});

/** a tracker, and what there is to read of visits */
export const visits = async (crm: World) => {
  const shop = await tracker(crm);
  const sessions = async (id: string, query = {}): Promise<Session[]> =>
    (await crm.ask('GET /v1/customers/{id}/sessions', { params: { id }, query })).body.items;
  const sources = async (query = {}) => (await crm.ask('GET /v1/sources', { query })).body.items;
  const send = async (...batch: object[]) => {
    const { status } = await shop.post('/v1/batch', { batch });
    if (status !== 200) throw new Error(`the batch was refused: ${status}`);
    await crm.idle();
  };
  const ago = async (minutes: number) => new Date(Date.parse(await crm.now()) - minutes * 60_000).toISOString();
  return { ...shop, sessions, sources, send, ago };
};
