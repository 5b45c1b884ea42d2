import { plus } from '../shared/time/duration.ts';
import { objectionTime } from './routing/sla.ts';

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

const invoke = (step: 'begin' | 'watch') => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName: work, Payload: { step, 'type.$': '$.detail-type', 'event.$': '$.detail' } },
  Retry: retry,
});

const task = (step: 'begin' | 'watch') => ({
  ...invoke(step),
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

/** so that the time is over by any clock */
const margin = 10;

const seconds = Date.parse(plus('1970-01-01T00:00:00.000Z', objectionTime)) / 1000;

/** A resolved case is left in peace until its customer can no longer object. */
export const caseClosingDefinition = () => ({
  StartAt: 'Time to object',
  States: {
    'Time to object': { Type: 'Wait', Seconds: seconds + margin, Next: 'Close' },
    Close: { ...invoke('watch'), End: true },
  },
});
