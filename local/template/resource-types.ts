/** CloudFormation types that have nothing to do on one machine: permissions, keys, logs, alarms, metadata. By prefix. */
export const silentTypes = [
  'AWS::ApplicationAutoScaling::',
  'AWS::Budgets::',
  'AWS::CDK::Metadata',
  'AWS::CertificateManager::',
  'AWS::CloudFormation::WaitCondition',
  'AWS::CloudTrail::',
  'AWS::CloudWatch::',
  'AWS::Cognito::UserPoolDomain',
  'AWS::Cognito::UserPoolGroup',
  'AWS::EventSchemas::',
  'AWS::IAM::',
  'AWS::KMS::',
  // a failed invocation is answered to who asked for it
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::LayerVersion',
  'AWS::Lambda::Permission',
  'AWS::Logs::',
  'AWS::Route53::',
  'AWS::S3::BucketPolicy',
  'AWS::SQS::QueuePolicy',
  // alarms are sent through them; publishing to one is an error
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::XRay::',
];

/** Resources that only teach the deployment something; their functions are not run here. */
export const deployTimeTypes = ['Custom::', 'AWS::CloudFormation::CustomResource'];
