import type { DatabaseSync } from 'node:sqlite';
import type { Functions } from '../lambda/functions.ts';
import type { MovableClock } from './clock.ts';
import { AwsError, type Platform, type Service } from './service.ts';

export type MovablePlatform = Platform & { clock: MovableClock; add(...services: Service[]): void };

type Options = {
  db: DatabaseSync;
  clock: MovableClock;
  awsUrl: string;
  functions: Functions;
  warn(line: string): void;
  entered?: Platform['entered'];
};

export const openPlatform = ({ db, clock, awsUrl, functions, warn, entered }: Options): MovablePlatform => {
  const services: Service[] = [];
  return {
    db,
    clock,
    account: '000000000000', // the one fauxqs and the engine answer as
    region: 'us-east-1',
    awsUrl,
    invoke: async (arn, payload) => JSON.parse(await functions.invoke(arn, JSON.stringify(payload ?? {}))),
    async call(name, operation, input) {
      const service = services.find(one => one.name === name);
      if (!service) throw new AwsError('UnknownEndpoint', `the local stack has no ${name}`, 404);
      if (!service.call) throw new AwsError('UnknownOperationException', `the local ${name} has no ${operation}`, 404);
      return service.call(operation, input);
    },
    warn,
    entered,
    add: (...more) => void services.push(...more),
  };
};
