// accepts events, executions and schedules as fast as it can and prints each one it has acknowledged, until it is killed
import { eventsService } from '../../../local/events/events.ts';
import { schedulerService } from '../../../local/scheduler/scheduler.ts';
import { statesService } from '../../../local/states/states.ts';
import { openWorld, queueArn } from './world.ts';

const world = openWorld({ file: process.argv[2]!, time: Number(process.argv[3]) });
const events = world.use(eventsService(world.platform));
const scheduler = world.use(schedulerService(world.platform));
const states = world.use(statesService(world.platform));
// takes events and never finishes with them
world.functions.set('take', () => new Promise(() => {}));
world.functions.set('work', () => 'done');
await events.provide('R', 'AWS::Events::Rule', JSON.parse(process.argv[4]!));
const machine = await states.provide('M', 'AWS::StepFunctions::StateMachine', { DefinitionString: process.argv[5] });
await world.start();
for (let n = 0; ; n++) {
  await events.call('PutEvents', { Entries: [{ Source: 'crm', DetailType: 't', Detail: `{"n":${n}}` }] });
  process.stdout.write(`event ${n}\n`);
  const input = JSON.stringify({ n, until: '2026-03-02T11:00:00Z' });
  await states.call('StartExecution', { stateMachineArn: machine.ref, name: `e${n}`, input });
  process.stdout.write(`execution ${n}\n`);
  const Target = { Arn: queueArn('ticks'), RoleArn: 'arn:aws:iam::0:role/r', Input: String(n) };
  const ScheduleExpression = 'at(2027-01-01T00:00:00)';
  await scheduler.call('CreateSchedule', {
    Name: `s${n}`,
    ScheduleExpression,
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target,
  });
  process.stdout.write(`schedule ${n}\n`);
}
