import type { Platform } from './service.ts';

export const arnOf = ({ region, account }: Platform, service: string, rest: string) =>
  `arn:aws:${service}:${region}:${account}:${rest}`;

/** the parts of an ARN that name a target: its service and what comes after the account */
export const readArn = (arn: string) => {
  const [prefix, , service = '', , account = '', ...rest] = arn.split(':');
  if (prefix !== 'arn' || !rest.length) throw new Error(`not an ARN: ${arn}`);
  return { service, account, rest: rest.join(':') };
};

export const queueUrl = ({ awsUrl }: Platform, arn: string) => {
  const { account, rest } = readArn(arn);
  return `${awsUrl}/${account}/${rest}`;
};
