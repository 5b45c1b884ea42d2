import type { Engine } from '../dynamodb/engine.ts';
import { openTables } from '../dynamodb/tables.ts';
import { eventsService } from '../events/events.ts';
import { cognitoService } from '../http/cognito.ts';
import { httpApiService } from '../http/http-api.ts';
import type { Functions } from '../lambda/functions.ts';
import { lambdaService } from '../lambda/lambda.ts';
import { mailService } from '../messages/mail.ts';
import { outboundService } from '../messages/outbound.ts';
import { openOutbox } from '../messages/outbox.ts';
import { receivingService } from '../messages/receiving.ts';
import { smsService } from '../messages/sms.ts';
import { schedulerService } from '../scheduler/scheduler.ts';
import type { Queues } from '../sqs/queues.ts';
import { statesService } from '../states/states.ts';
import type { Template } from '../template/template.ts';
import { type ErasureHook, openErasure } from './erasure.ts';
import type { MovablePlatform } from './platform.ts';
import type { Service } from './service.ts';

type Options = {
  platform: MovablePlatform;
  template: Template;
  dataDir: string;
  engine: Engine;
  functions: Functions;
  queues: Queues;
  environment: Record<string, string>;
  erasureHooks: ErasureHook[];
  /** gets an HTTP API's id before anything refers to it; gives its address */
  addressed(apiId: string): string;
};

export const openServices = (options: Options) => {
  const { platform, template, engine, queues } = options;
  const { stackName } = template;
  queues.named(stackName);
  // functions reach the engine, which they call most, without a detour
  const direct = { DYNAMODB: engine.url, DYNAMODB_STREAMS: engine.url };
  const tables = openTables(engine, platform, stackName);
  const cognito = cognitoService(platform, stackName);
  const api = httpApiService(platform.warn, options.addressed);
  const lambda = lambdaService({ ...options, direct });
  const outbox = openOutbox(platform);
  const erasure = openErasure(platform, outbox, options.erasureHooks);
  const mail = mailService(platform, outbox);
  const receiving = receivingService({ platform, s3: queues.url, invoke: options.functions.invoke });
  const all: Service[] = [
    tables,
    queues.sqs,
    queues.s3,
    cognito,
    api,
    lambda,
    eventsService(platform, erasure.on),
    schedulerService(platform),
    statesService(platform),
    mail,
    receiving,
    smsService(outbox),
    outboundService(outbox),
  ];
  platform.add(...all);
  return { all, tables, cognito, api, lambda, outbox, mail, receiving, erasure };
};
