import { clock } from '../time/clock.ts';
import { env } from './env.ts';
import { mustOwn } from './file-keys.ts';
import { jsonApi } from './json-api.ts';
import type { Credentials } from './sign.ts';

type Session = Credentials & { until: number };

/** the longest that a role may assume another one for */
const lastsSeconds = 3600;
/** the end of a session that is not used: a request may take a while */
const spareMs = 5 * 60_000;
/** a session with less than that left is not new */
const newMs = 55 * 60_000;
const most = 1000;

let opened: ReturnType<typeof jsonApi> | undefined;
const sts = () => (opened ??= jsonApi({ service: 'sts', endpoint: env.sessionsEndpoint() }));

const assume = async (role: string, tenant: string): Promise<Session> => {
  mustOwn(tenant); // the tag is part of what policies compare
  const form = {
    ...{
      Action: 'AssumeRole',
      Version: '2011-06-15',
      RoleArn: role,
      RoleSessionName: `company=${tenant}`.slice(0, 64),
    },
    ...{ DurationSeconds: String(lastsSeconds), 'Tags.member.1.Key': 'tenant', 'Tags.member.1.Value': tenant },
  };
  const xml = await sts()('AssumeRole', new URLSearchParams(form).toString());
  const [accessKeyId, secretAccessKey, sessionToken, until] = [
    'AccessKeyId',
    'SecretAccessKey',
    'SessionToken',
    'Expiration',
  ].map(tag => new RegExp(`<${tag}>([^<]+)<`).exec(xml)?.[1]);
  if (!accessKeyId || !secretAccessKey || !sessionToken || !until) throw new Error('STS answered without credentials');
  return { accessKeyId, secretAccessKey, sessionToken, until: Date.parse(until) };
};

const sessions = new Map<string, Promise<Session>>();

/**
 * Credentials of a role for the data of one company, in the memory of the function until they end. `lastMs`: how long they are
 * needed, as a link ends with the session that signed it.
 */
export const sessionOf = async (role: string, tenant: string, lastMs = spareMs): Promise<Credentials> => {
  const name = `${role} ${tenant}`;
  const pending = sessions.get(name);
  const known = pending && (await pending.catch(() => undefined));
  if (known && known.until - Math.min(lastMs, newMs) > Date.parse(clock())) return known;
  const newer = sessions.get(name);
  if (newer && newer !== pending) return newer;
  if (sessions.size >= most) sessions.clear();
  const session = assume(role, tenant);
  sessions.set(name, session);
  return session;
};
