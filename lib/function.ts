import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as Lambda, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { pascal } from './names.ts';

type Props = {
  /** folder with the function's bundle */
  code: string;
  environment: Record<string, string>;
  timeout?: Duration;
};

/** One function of Rapport: arm64, Node 24, its own role that may write its own log and traces, and nothing more. */
export class RapportFunction extends Lambda {
  constructor(scope: Construct, name: string, { code, environment, timeout = Duration.seconds(29) }: Props) {
    const logGroup = new LogGroup(scope, `${pascal(name)}Log`, {
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(scope, `${pascal(name)}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
    );
    super(scope, pascal(name), {
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(code),
      memorySize: 512,
      tracing: Tracing.ACTIVE,
      loggingFormat: LoggingFormat.JSON,
      description: name,
      timeout,
      logGroup,
      role,
      environment,
    });
  }
}
