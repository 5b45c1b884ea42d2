import { beforeEach } from 'vitest';
import { thisStack } from './this-stack.ts';

const { url, awsUrl } = thisStack();
const authorization =
  'AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/scheduler/aws4_request, SignedHeaders=host, Signature=0';
const scheduler = async (method: string, path: string) =>
  (await fetch(`${awsUrl}/schedules${path}`, { method, headers: { authorization } })).json();

type Schedule = { Name: string; GroupName: string };

const removeAll = async () => {
  const { Schedules } = (await scheduler('GET', '?MaxResults=100')) as { Schedules: Schedule[] };
  await Promise.all(Schedules.map(({ Name, GroupName }) => scheduler('DELETE', `/${Name}?groupName=${GroupName}`)));
  if (Schedules.length) await removeAll();
};

/** a test that moves the clock would wait for the timers that tests before it have left */
beforeEach(async () => {
  await fetch(`${url}/_local/idle`, { method: 'POST', body: JSON.stringify({ timeoutMs: 2000 }) });
  await removeAll();
});
