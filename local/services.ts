import { cognitoService } from './cognito.ts';
import type { Engine } from './engine.ts';
import { type Forgets, openForgetting } from './forgetting.ts';
import type { Functions } from './functions.ts';
import { httpApiService } from './http-api.ts';
import { lambdaService } from './lambda.ts';
import type { MovablePlatform } from './platform.ts';
import type { Queues } from './queues.ts';
import { eventsService } from './services/events.ts';
import { mailService } from './services/mail.ts';
import { openOutbox } from './services/outbox.ts';
import { schedulerService } from './services/scheduler.ts';
import { smsService } from './services/sms.ts';
import { statesService } from './services/states.ts';
import { openTables } from './tables.ts';
import type { Template } from './template.ts';

type Options = {
  platform: MovablePlatform;
  template: Template;
  dir: string;
  engine: Engine;
  functions: Functions;
  queues: Queues;
  forgets: Forgets[];
  /** told of an HTTP API's id before anything refers to it; gives its address */
  addressed(apiId: string): string;
};

/** Every service of the runtime, and those that others need to know by what they add. */
export const openServices = ({ platform, template, dir, engine, functions, queues, forgets, addressed }: Options) => {
  const { stackName } = template;
  queues.named(stackName);
  // what functions call most goes to the engine without a stop on the way
  const direct = { DYNAMODB: engine.url, DYNAMODB_STREAMS: engine.url };
  const tables = openTables(engine, platform, stackName);
  const cognito = cognitoService(platform, stackName);
  const api = httpApiService(platform.warn, addressed);
  const lambda = lambdaService({ functions, platform, template, dataDir: dir, direct });
  const outbox = openOutbox(platform);
  const forgetting = openForgetting(platform, outbox, forgets);
  const all = [
    tables,
    queues.sqs,
    queues.s3,
    cognito,
    api,
    lambda,
    eventsService(platform, forgetting.hear),
    schedulerService(platform),
    statesService(platform),
    mailService(platform, outbox),
    smsService(platform, outbox),
  ];
  platform.add(...all);
  return { all, tables, cognito, api, lambda, outbox, forgetting };
};
