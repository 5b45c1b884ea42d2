import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AwsError, FunctionError, type Platform, type Service } from '../runtime/service.ts';
import type { Properties } from '../template/properties.ts';
import type { Template } from '../template/template.ts';
import type { Functions } from './functions.ts';

export type Mapping = { id: string; properties: Properties };

export type Lambda = Service & { mappings(): Mapping[] };

const endpoints = ['DYNAMODB', 'DYNAMODB_STREAMS', 'SQS', 'S3', 'EVENTBRIDGE', 'SCHEDULER', 'SFN', 'SESV2', 'SNS'];

type Options = {
  functions: Functions;
  platform: Platform;
  template: Template;
  dataDir: string;
  /** what every function gets in its environment besides what the template sets */
  environment: Record<string, string>;
  /** addresses of services that functions reach without the AWS endpoint in between */
  direct: Record<string, string>;
};

/** what the Node.js runtime of Lambda sets, and the endpoints that make unmodified SDK clients stay on this machine */
const surroundings = (name: string, properties: Properties, { platform, direct }: Options) => ({
  PATH: process.env.PATH ?? '',
  TZ: ':UTC',
  LANG: 'en_US.UTF-8',
  AWS_REGION: platform.region,
  AWS_DEFAULT_REGION: platform.region,
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_SESSION_TOKEN: String(properties.Role ?? 'local'), // tells the services here which role calls
  AWS_EXECUTION_ENV: `AWS_Lambda_${properties.Runtime ?? 'nodejs24.x'}`,
  AWS_LAMBDA_FUNCTION_NAME: name,
  AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(properties.MemorySize ?? 128),
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
  AWS_LAMBDA_LOG_STREAM_NAME: 'local',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  _HANDLER: properties.Handler,
  AWS_ENDPOINT_URL: platform.awsUrl,
  OUTBOUND_URL: platform.awsUrl,
  ...Object.fromEntries(endpoints.map(one => [`AWS_ENDPOINT_URL_${one}`, direct[one] ?? platform.awsUrl])),
});

/** Lambda functions, their versions and aliases, and the mappings that feed them. */
export const lambdaService = (options: Options): Lambda => {
  const { functions, platform, template, dataDir } = options;
  const mappings: Mapping[] = [];

  const folderOf = ({ Code }: Properties, logicalId: string) => {
    if (Code?.ZipFile !== undefined) {
      const folder = join(dataDir, 'inline', logicalId);
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'index.cjs'), Code.ZipFile);
      return folder;
    }
    const folder = template.assets.get(Code?.S3Key);
    if (!folder) throw new Error(`the code of ${logicalId} is not among the assets: ${JSON.stringify(Code)}`);
    return folder;
  };
  const provideFunction = (logicalId: string, properties: Properties) => {
    const name: string = properties.FunctionName ?? `${template.stackName}-${logicalId}`.slice(-64).replace(/^-+/, '');
    const arn = `arn:aws:lambda:${platform.region}:${platform.account}:function:${name}`;
    if (!String(properties.Runtime ?? 'nodejs').startsWith('nodejs')) {
      platform.warn(`${logicalId} is written for ${properties.Runtime}; only Node.js functions run here`);
      return { ref: name, attributes: { Arn: arn } };
    }
    functions.add({
      name,
      arn,
      folder: folderOf(properties, logicalId),
      handler: properties.Handler,
      timeout: (properties.Timeout ?? 3) * 1000,
      memory: properties.MemorySize ?? 128,
      environment: {
        ...surroundings(name, properties, options),
        ...properties.Environment?.Variables,
        ...options.environment,
      },
    });
    return { ref: name, attributes: { Arn: arn } };
  };

  return {
    name: 'lambda',
    types: [
      'AWS::Lambda::Function',
      'AWS::Lambda::Version',
      'AWS::Lambda::Alias',
      'AWS::Lambda::EventInvokeConfig',
      'AWS::Lambda::EventSourceMapping',
    ],
    async provide(logicalId, type, properties) {
      if (type === 'AWS::Lambda::Function') return provideFunction(logicalId, properties);
      if (type === 'AWS::Lambda::EventSourceMapping') mappings.push({ id: logicalId, properties });
      const arn = functions.find(String(properties.FunctionName ?? ''))?.arn;
      const qualifier = type === 'AWS::Lambda::Version' ? '1' : properties.Name;
      return {
        ref: arn && qualifier ? `${arn}:${qualifier}` : logicalId,
        attributes: { FunctionArn: arn, Version: '1' },
      };
    },
    stop: () => functions.stop(),
    async call(operation, { FunctionName, Payload, InvocationType }) {
      if (operation !== 'Invoke')
        throw new AwsError('UnknownOperationException', `${operation} is not offered here`, 404);
      if (InvocationType === 'Event') {
        void functions.invoke(FunctionName, Payload).catch(() => {});
        return { StatusCode: 202 };
      }
      try {
        return { StatusCode: 200, Payload: await functions.invoke(FunctionName, Payload) };
      } catch (error) {
        if (!(error instanceof FunctionError)) throw error;
        const { errorType, message: errorMessage, trace } = error;
        return {
          StatusCode: 200,
          FunctionError: 'Unhandled',
          Payload: JSON.stringify({ errorType, errorMessage, trace }),
        };
      }
    },
    mappings: () => mappings.filter(({ properties }) => properties.Enabled !== false),
  };
};
