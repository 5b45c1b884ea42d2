import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { eventsService } from '../../../local/events/events.ts';
import { schedulerService } from '../../../local/scheduler/scheduler.ts';
import { statesService } from '../../../local/states/states.ts';
import { dropWorlds, functionArn, newFile, openWorld } from './world.ts';

afterAll(dropWorlds);

const rule = { EventPattern: { source: ['crm'] }, Targets: [{ Id: 'f', Arn: functionArn('take') }] };
const work = {
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: { FunctionName: functionArn('work') },
  ResultPath: '$.done',
};
const States = {
  A: { ...work, Next: 'W' },
  W: { Type: 'Wait', TimestampPath: '$.until', Next: 'B' },
  B: { ...work, Next: 'End' },
  End: { Type: 'Succeed' },
};
const DefinitionString = JSON.stringify({ StartAt: 'A', States });

test('what a process acknowledged before kill -9 is all there for the next one', async () => {
  const [file, time] = [newFile(), Date.parse('2026-03-02T10:00:00Z')];
  const child = spawn(process.execPath, [
    fileURLToPath(new URL('./kill-child.ts', import.meta.url)),
    file,
    String(time),
    JSON.stringify(rule),
    DefinitionString,
  ]);
  let said = '';
  for await (const chunk of child.stdout) {
    said += chunk;
    if (said.split('\n').length > 900) break;
  }
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  const acknowledged = (what: string) =>
    said
      .split('\n')
      .slice(0, -1)
      .filter(line => line.startsWith(what)).length;

  const world = openWorld({ file, time });
  const events = world.use(eventsService(world.platform));
  world.use(schedulerService(world.platform));
  const states = world.use(statesService(world.platform));
  const taken = new Set<unknown>();
  world.functions.set('take', event => void taken.add((event as { detail: { n: number } }).detail.n));
  world.queue('ticks');
  world.functions.set('work', () => 'done');
  await events.provide('R', 'AWS::Events::Rule', rule);
  const { ref: stateMachineArn } = await states.provide('M', 'AWS::StepFunctions::StateMachine', { DefinitionString });
  await world.start();
  await world.moveTo('2027-01-02T00:00:00Z');

  const listed = (await states.call('ListExecutions', {
    stateMachineArn,
    statusFilter: 'SUCCEEDED',
    maxResults: 1000,
  })) as { executions: unknown[] };
  expect(listed.executions.length).toBeGreaterThanOrEqual(acknowledged('execution'));
  expect(new Set(world.queue('ticks').map(({ body }) => body)).size).toBeGreaterThanOrEqual(acknowledged('schedule'));
  expect(taken.size).toBeGreaterThanOrEqual(acknowledged('event'));
  expect(acknowledged('event')).toBeGreaterThan(200);
  expect(world.warnings).toEqual([]);
});
