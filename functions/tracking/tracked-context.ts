import { isObject, type Json } from '../shared/json.ts';

/** the stored fields of a call's context: those that Segment documents */
const fields = [
  'active',
  'app',
  'campaign',
  'consent',
  'device',
  'groupId',
  'ip',
  'library',
  'locale',
  'location',
  'network',
  'os',
  'page',
  'referrer',
  'screen',
  'timezone',
  'traits',
  'userAgent',
];

const clientSide = new Set(['web', 'browser', 'mobile', 'client']);

/** the sender of the request; it is the visitor only where the visitor's own device sent it */
export type Client = { ip?: string | undefined; userAgent?: string | undefined; browser: boolean };

const isVisitors = (context: Json, channel: unknown, { browser }: Client) =>
  browser || context.direct === true || clientSide.has(channel as string);

export const trackedContext = (context: unknown, channel: unknown, client: Client): Json => {
  const given: Json = isObject(context) ? context : {};
  const { ip, userAgent } = client;
  const filled: Json = isVisitors(given, channel, client) ? { ip, userAgent, ...given } : given;
  return Object.fromEntries(
    fields.flatMap(name => (filled[name] === undefined || filled[name] === null ? [] : [[name, filled[name]]])),
  );
};
