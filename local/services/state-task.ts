import { AwsError, FunctionError, type Platform } from '../service.ts';
import { StateError } from './asl.ts';
import type { Input } from './operations.ts';
import { callSdk } from './send.ts';

type Call = (platform: Platform, input: Input) => Promise<unknown>;

const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
const metadata = { SdkHttpMetadata: { HttpStatusCode: 200 }, SdkResponseMetadata: { RequestId: '-' } };

const invoke: Call = async (platform, { FunctionName, Payload = {}, InvocationType }) => {
  const reply = platform.invoke(FunctionName, Payload);
  if (InvocationType !== 'Event')
    return { ExecutedVersion: '$LATEST', Payload: (await reply) ?? null, ...metadata, StatusCode: 200 };
  reply.catch((error: Error) => platform.warn(`${FunctionName} failed: ${error.message}`));
  return { StatusCode: 202, ...metadata };
};

const putEvents: Call = async (platform, { Entries }) => {
  const written = (Entries as { Detail: unknown }[]).map(entry => ({ ...entry, Detail: text(entry.Detail) }));
  const reply = (await platform.service('events').call('PutEvents', { Entries: written })) as {
    FailedEntryCount: number;
  };
  if (reply.FailedEntryCount) throw new StateError('EventBridge.FailedEntry', JSON.stringify(reply));
  return { ...reply, ...metadata };
};

const sendMessage: Call = async (platform, input) => {
  const reply = await platform.service('sqs').call('SendMessage', { ...input, MessageBody: text(input.MessageBody) });
  return { ...(reply as object), ...metadata };
};

const startExecution: Call = async (platform, { StateMachineArn, Input: input = {}, Name: name }) => {
  const request = { stateMachineArn: StateMachineArn, input: text(input), ...(name && { name }) };
  const reply = (await platform.service('states').call('StartExecution', request)) as Record<string, unknown>;
  return { ExecutionArn: reply.executionArn, StartDate: reply.startDate, ...metadata };
};

const integrations: Record<string, Call> = {
  'lambda:invoke': invoke,
  'events:putEvents': putEvents,
  'sqs:sendMessage': sendMessage,
  'states:startExecution': startExecution,
};

/** names of errors as Step Functions gives them: a function's own error type, or `<Service>.<Code>` */
const named = (error: unknown, service: string): StateError => {
  if (error instanceof StateError) return error;
  if (error instanceof FunctionError) {
    const { errorType, message: errorMessage, trace } = error;
    return new StateError(errorType, JSON.stringify({ errorType, errorMessage, trace }));
  }
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof AwsError)) return new StateError('States.TaskFailed', message);
  const prefix = { lambda: 'Lambda', events: 'EventBridge', sqs: 'Sqs', dynamodb: 'DynamoDB' }[service] ?? service;
  return new StateError(`${prefix}.${error.code}`, message);
};

const perform = async (platform: Platform, resource: string, input: Record<string, unknown>) => {
  if (resource.startsWith('arn:aws:lambda:')) return (await platform.invoke(resource, input)) ?? null;
  const [service = '', action = '', detail = ''] = resource.replace('arn:aws:states:::', '').split(':');
  const integration = integrations[`${service}:${action}`];
  if (integration) return integration(platform, input);
  if (service === 'aws-sdk') return callSdk(platform, action, detail, input);
  if (service === 'dynamodb') return callSdk(platform, service, action, input);
  throw new StateError('States.Runtime', `the local runtime does not run ${resource}`);
};

/** Does the work of a Task state once; rejects with `StateError`. */
export const runTask = async (platform: Platform, resource: string, input: unknown): Promise<unknown> => {
  const [, service = ''] = /^arn:aws:(?:states:::(?:aws-sdk:)?)?([a-z0-9]+)/.exec(resource) ?? [];
  try {
    return await perform(platform, resource.replace('.waitForTaskToken', ''), input as Record<string, unknown>);
  } catch (error) {
    throw named(error, service);
  }
};
