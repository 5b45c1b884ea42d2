/** The environment of a function; the only place that reads it. Missing settings fail by name. */
const setting = (name: string) => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`the environment lacks ${name}`);
  return value;
};

export const env = {
  table: () => setting('TABLE_NAME'),
  bus: () => setting('BUS_NAME'),
  dueQueueArn: () => setting('DUE_QUEUE_ARN'),
  schedulerGroup: () => setting('SCHEDULER_GROUP'),
  schedulerRole: () => setting('SCHEDULER_ROLE_ARN'),
  timerDeadLettersArn: () => setting('DEAD_LETTERS_ARN'),
  publicUrl: () => setting('PUBLIC_URL'),
  region: () => setting('AWS_REGION'),
  credentials: () => ({
    accessKeyId: setting('AWS_ACCESS_KEY_ID'),
    secretAccessKey: setting('AWS_SECRET_ACCESS_KEY'),
    ...(process.env.AWS_SESSION_TOKEN ? { sessionToken: process.env.AWS_SESSION_TOKEN } : {}),
  }),
  /** roles that are assumed for one company at a time, where IAM keeps companies apart too */
  tableRole: () => process.env.TABLE_ROLE,
  filesRole: () => process.env.FILES_ROLE,
  sessionsEndpoint: () => process.env.AWS_ENDPOINT_URL_STS ?? process.env.AWS_ENDPOINT_URL,
  tableEndpoint: () => process.env.AWS_ENDPOINT_URL_DYNAMODB ?? process.env.AWS_ENDPOINT_URL,
  /** `sdk`: requests to the table are made by the AWS SDK, where that is installed */
  tableTransport: () => process.env.TABLE_TRANSPORT,
  filesBucket: () => setting('FILES_BUCKET'),
  queuesEndpoint: () => process.env.AWS_ENDPOINT_URL_SQS ?? process.env.AWS_ENDPOINT_URL,
  filesEndpoint: () => process.env.AWS_ENDPOINT_URL_S3,
  mailFrom: () => setting('MAIL_FROM'),
  /** how many things a slice of a job takes, where the environment does not say so (tests do) */
  slice: (usual: number) => Number(process.env.RAPPORT_SLICE ?? usual),
  /** requests of a company in ten seconds */
  quota: (usual: number) => Number(process.env.RAPPORT_QUOTA ?? usual),
  /** whether mails to the stack arrive, so that an answer can be addressed to it */
  receivesMail: () => process.env.MAIL_RECEIVED === 'yes',
  mailConfigurationSet: () => setting('MAIL_CONFIGURATION_SET'),
  /** the one that counts opened mails and followed links */
  mailTrackingSet: () => setting('MAIL_TRACKING_SET'),
  /** whether events of other systems come only from sources that the tenant names, also when it names none */
  busSourcesNamed: () => process.env.BUS_SOURCES === 'named',
  /** where requests to other systems are captured: set by the local runtime only */
  outbound: () => process.env.OUTBOUND_URL,
  /** who may sign in, where that is limited */
  tenants: () => process.env.TENANTS?.split(','),
};
