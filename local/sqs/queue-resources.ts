import type { Platform, Provided } from '../runtime/service.ts';
import type { Properties } from '../template/properties.ts';

/** the attributes of a queue that have a meaning here */
const attributeNames = [
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'DelaySeconds',
  'FifoQueue',
  'FifoThroughputLimit',
  'MaximumMessageSize',
  'MessageRetentionPeriod',
  'ReceiveMessageWaitTimeSeconds',
  'RedriveAllowPolicy',
  'RedrivePolicy',
  'VisibilityTimeout',
];

const asText = (value: unknown) => (typeof value === 'object' ? JSON.stringify(value) : String(value));

/** names of queues and buckets are short; long logical ids differ in their ends */
const shortened = (name: string, most: number) => (name.length > most ? name.slice(-most).replace(/^-+/, '') : name);

/** A queue of the template: its name, its attributes as SQS takes them, and what refers to it. */
export const queueOf = (stackName: string, logicalId: string, properties: Properties, platform: Platform) => {
  const { region, account, awsUrl } = platform;
  const fifo = properties.FifoQueue === true || properties.FifoQueue === 'true';
  const name: string = properties.QueueName ?? shortened(`${stackName}-${logicalId}`, 75) + (fifo ? '.fifo' : '');
  const given = attributeNames.filter(key => properties[key] !== undefined);
  const attributes = Object.fromEntries(given.map(key => [key, asText(properties[key])]));
  const url = `${awsUrl}/${account}/${name}`;
  const Arn = `arn:aws:sqs:${region}:${account}:${name}`;
  const provided: Provided = { ref: url, attributes: { Arn, QueueName: name, QueueUrl: url } };
  return { name, attributes, provided };
};

/** A bucket of the template. */
export const bucketOf = (stackName: string, logicalId: string, properties: Properties) => {
  const name: string = properties.BucketName ?? shortened(`${stackName}-${logicalId}`, 63).toLowerCase();
  const domain = `${name}.s3.amazonaws.com`;
  const attributes = { Arn: `arn:aws:s3:::${name}`, DomainName: domain, RegionalDomainName: domain };
  const provided: Provided = { ref: name, attributes };
  return { name, provided };
};
