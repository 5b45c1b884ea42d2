import type { DatabaseSync } from 'node:sqlite';
import type { Functions } from '../lambda/functions.ts';
import type { MovableClock } from './clock.ts';
import type { Platform, Service } from './service.ts';

/** The platform with what only the core may do: move the clock, add services. */
export type MovablePlatform = Platform & { clock: MovableClock; add(...services: Service[]): void };

type Options = {
  db: DatabaseSync;
  clock: MovableClock;
  awsUrl: string;
  functions: Functions;
  warn(line: string): void;
};

/** What every service may use of the runtime. */
export const openPlatform = ({ db, clock, awsUrl, functions, warn }: Options): MovablePlatform => {
  const services: Service[] = [];
  return {
    db,
    clock,
    account: '000000000000', // the one fauxqs and the engine answer as
    region: 'us-east-1',
    awsUrl,
    invoke: async (arn, payload) => JSON.parse(await functions.invoke(arn, JSON.stringify(payload ?? {}))),
    service(name) {
      const found = services.find(one => one.name === name);
      if (!found) throw new Error(`the runtime has no service ${name}`);
      return found;
    },
    warn,
    add: (...more) => void services.push(...more),
  };
};
