import { queueUrl, readArn } from './arn.ts';
import { AwsError, type Platform } from './service.ts';
import { valueAt } from './value-at.ts';

export type Target = {
  Arn: string;
  SqsParameters?: { MessageGroupId?: string };
  EventBridgeParameters?: { DetailType: string; Source: string };
};

const parsed = (payload: string): unknown => {
  try {
    return JSON.parse(payload);
  } catch {
    throw new AwsError('INVALID_JSON', 'the input for the target is not valid JSON');
  }
};

const startExecution = async (platform: Platform, stateMachineArn: string, payload: string, id: string) => {
  try {
    await platform.call('states', 'StartExecution', { stateMachineArn, input: payload, name: id });
  } catch (error) {
    // delivered before, when the runtime was killed between the start and our note of it
    if (!(error instanceof AwsError && error.code === 'ExecutionAlreadyExists')) throw error;
  }
};

const putEvent = async (platform: Platform, { Arn, EventBridgeParameters }: Target, Detail: string) => {
  const entry = { EventBusName: Arn, ...EventBridgeParameters, Detail };
  const { Entries } = await platform.call('events', 'PutEvents', { Entries: [entry] });
  const { ErrorCode, ErrorMessage } = Entries[0];
  if (ErrorCode) throw new AwsError(ErrorCode, ErrorMessage ?? ErrorCode);
};

/** Hands one payload to one target; rejects when the target did not take it. `id` makes starting an execution idempotent. */
export const send = async (platform: Platform, target: Target, payload: string, id: string): Promise<void> => {
  const { service } = readArn(target.Arn);
  if (service === 'lambda') await platform.invoke(target.Arn, parsed(payload));
  else if (service === 'sqs') {
    const { MessageGroupId } = target.SqsParameters ?? {};
    const group = MessageGroupId?.startsWith('$.') ? valueAt(MessageGroupId, parsed(payload)) : MessageGroupId;
    const message = {
      QueueUrl: queueUrl(platform, target.Arn),
      MessageBody: payload,
      ...(group === undefined ? {} : { MessageGroupId: String(group) }),
    };
    await platform.call('sqs', 'SendMessage', message);
  } else if (service === 'states') await startExecution(platform, target.Arn, payload, id);
  else if (service === 'events') await putEvent(platform, target, payload);
  else if (service !== 'logs') throw new AwsError('UNSUPPORTED_TARGET', `no local delivery to ${target.Arn}`);
};
