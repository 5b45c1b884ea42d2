import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  type AssetCode,
  Function as Lambda,
  LoggingFormat,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Duration, RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Use } from '../functions/shared/http/contract.ts';
import { pascal } from './names.ts';
import type { Surroundings } from './surroundings.ts';

/** the code of the function with that name */
export type CodeOf = (name: string) => AssetCode;

type Props = {
  code: CodeOf;
  environment?: Record<string, string>;
  /** what the function may use besides the store; without surroundings nothing at all */
  uses?: Use[];
  surroundings?: Surroundings;
  timeout?: Duration;
};

/** a function on arm64 and Node 24, with a role of its own that may write its log and its traces */
export class RapportFunction extends Lambda {
  constructor(scope: Construct, name: string, { code, environment = {}, uses = [], surroundings, timeout }: Props) {
    const logGroup = new LogGroup(scope, `${pascal(name)}Log`, {
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(scope, `${pascal(name)}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    const actions = ['logs:CreateLogStream', 'logs:PutLogEvents'];
    role.addToPolicy(new PolicyStatement({ actions, resources: [logGroup.logGroupArn] }));
    super(scope, pascal(name), {
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: code(name),
      memorySize: 512,
      tracing: Tracing.ACTIVE,
      loggingFormat: LoggingFormat.JSON,
      description: name,
      timeout: timeout ?? Duration.seconds(29),
      logGroup,
      role,
      environment: { ...surroundings?.environment(uses), ...environment },
    });
    surroundings?.grant(this, uses);
  }
}
