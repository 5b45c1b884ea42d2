import type { Count } from './count.ts';

/** List prices of us-east-1 on demand, in dollars, without free tiers (aws.amazon.com/…/pricing, November 2026). */
const price = {
  readUnit: 0.125e-6,
  writeUnit: 0.625e-6,
  request: 1e-6, // of an HTTP API
  event: 1e-6,
  queueCall: 0.4e-6,
  invocation: 0.2e-6,
  gigabyteSecond: 13.3334e-6, // ARM
  transition: 25e-6,
  schedule: 1e-6,
  storedGigabyte: 0.25, // a month
  alarm: 0.1,
  key: 1,
};

/** a message is sent, received and deleted; batches make it less */
const callsPerMessage = 3;

/** Lambda bills milliseconds that cannot be counted here: so many for an invocation, and for a call of the table that it waits for. */
const assumed = { memory: 0.5, invocation: 4, call: 5 };

/** dollars for one part of an operation */
export const dollars = ({ read, write, events, functions, messages, transitions, schedules, calls }: Count): number =>
  read * price.readUnit +
  write * price.writeUnit +
  events * price.event +
  messages * callsPerMessage * price.queueCall +
  functions * price.invocation +
  ((functions * assumed.invocation + calls * assumed.call) / 1000) * assumed.memory * price.gigabyteSecond +
  transitions * price.transition +
  schedules * price.schedule;

export const requestDollars = price.request;

type Resource = { Type: string; Properties?: Record<string, unknown> };

const month = 30 * 24 * 3600;

/** Lambda polls a queue with five connections at least, each for twenty seconds */
const pollers = { count: 5, seconds: 20 };

/** dollars a month for what a template costs when nothing happens */
export const idleDollars = (resources: Record<string, Resource>) => {
  const all = Object.values(resources);
  const of = (type: string) => all.filter(({ Type }) => Type === type).length;
  const queues = all.filter(
    ({ Type, Properties = {} }) =>
      Type === 'AWS::Lambda::EventSourceMapping' && JSON.stringify(Properties.EventSourceArn).includes('ueue'),
  ).length;
  return {
    queues,
    polling: queues * pollers.count * (month / pollers.seconds) * price.queueCall,
    alarms: of('AWS::CloudWatch::Alarm') * price.alarm,
    keys: of('AWS::KMS::Key') * price.key,
  };
};

export const storageDollars = (gigabytes: number) => gigabytes * price.storedGigabyte;
