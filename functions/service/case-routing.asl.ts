import { caseOpened, caseReopened } from '../../events/case.ts';

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

const task = (step: string, Next: string, more: object = { ResultPath: null }) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName: work, Payload: { step, 'event.$': '$.detail' } },
  Retry: retry,
  ...more,
  Next,
});

const startedBy = (event: { name: string }, Next: string) => ({
  Variable: '$.detail-type',
  StringEquals: event.name,
  Next,
});

/** The routing of a case and the watch over its SLA: it sleeps until the next due time and never polls. */
export const caseRoutingDefinition = () => ({
  StartAt: 'Begin',
  States: {
    Begin: {
      Type: 'Choice',
      Choices: [startedBy(caseOpened, 'Classify'), startedBy(caseReopened, 'Classify')],
      Default: 'Watch',
    },
    Classify: task('classify', 'Assign'),
    Assign: task('assign', 'Acknowledge'),
    Acknowledge: task('acknowledge', 'Watch'),
    Watch: task('watch', 'Anything due', {
      ResultSelector: { 'until.$': '$.Payload.until' },
      ResultPath: '$.watch',
    }),
    'Anything due': {
      Type: 'Choice',
      Choices: [{ Variable: '$.watch.until', IsNull: true, Next: 'Done' }],
      Default: 'Sleep',
    },
    Sleep: { Type: 'Wait', TimestampPath: '$.watch.until', Next: 'Watch' },
    Done: { Type: 'Succeed' },
  },
});
