/** the stack replaces it by the ARN of the function */
const work = '$\u007bwork}';

const retry = [
  {
    ErrorEquals: [
      'Lambda.ServiceException',
      'Lambda.AWSLambdaException',
      'Lambda.SdkClientException',
      'Lambda.TooManyRequestsException',
      'States.TaskFailed',
    ],
    IntervalSeconds: 1,
    MaxAttempts: 6,
    BackoffRate: 2,
    JitterStrategy: 'FULL',
  },
];

const task = (step: 'begin' | 'watch') => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName: work, Payload: { step, 'type.$': '$.detail-type', 'event.$': '$.detail' } },
  Retry: retry,
  ResultSelector: { 'until.$': '$.Payload.until' },
  ResultPath: '$.watch',
  Next: 'Anything due',
});

/** The routing of a case and the watch over its SLA: it sleeps until the next due time and never polls. */
export const caseRoutingDefinition = () => ({
  StartAt: 'Begin',
  States: {
    Begin: task('begin'),
    Watch: task('watch'),
    'Anything due': {
      Type: 'Choice',
      Choices: [{ Variable: '$.watch.until', IsNull: true, Next: 'Done' }],
      Default: 'Sleep',
    },
    Sleep: { Type: 'Wait', TimestampPath: '$.watch.until', Next: 'Watch' },
    Done: { Type: 'Succeed' },
  },
});
