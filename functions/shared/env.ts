/** The environment of a function; the only place that reads it. Missing settings fail by name. */
const setting = (name: string) => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`the environment lacks ${name}`);
  return value;
};

export const env = {
  table: () => setting('TABLE_NAME'),
  bus: () => setting('BUS_NAME'),
  busArn: () => setting('BUS_ARN'),
  schedulerGroup: () => setting('SCHEDULER_GROUP'),
  schedulerRole: () => setting('SCHEDULER_ROLE_ARN'),
  timerDeadLettersArn: () => setting('DEAD_LETTERS_ARN'),
  /** base URL that customers reach the API under, for links in messages */
  publicUrl: () => setting('PUBLIC_URL'),
  mailFrom: () => setting('MAIL_FROM'),
  mailConfigurationSet: () => setting('MAIL_CONFIGURATION_SET'),
};
