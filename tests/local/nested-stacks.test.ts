import { expect, test } from 'vitest';
import { type Body, flattened } from '../../local/template/nested-stacks.ts';

const url = (name: string) => ({ 'Fn::Join': ['', ['https://s3/', { Ref: 'AWS::Region' }, `/${name}.json`]] });

const inner: Record<string, Body> = {
  tools: {
    Parameters: { table: { Type: 'String' }, size: { Type: 'Number', Default: 3 } },
    Conditions: { Big: { 'Fn::Equals': [{ Ref: 'size' }, 3] } },
    Resources: {
      Queue: {
        Type: 'Q',
        Properties: { name: { 'Fn::Sub': '$' + '{AWS::StackName}-$' + '{table}-$' + '{Function.Arn}' } },
      },
      Function: {
        Type: 'F',
        DependsOn: 'Queue',
        Condition: 'Big',
        Properties: {
          table: { Ref: 'table' },
          size: { Ref: 'size' },
          own: { Ref: 'Queue' },
          if: { 'Fn::If': ['Big', { Ref: 'Queue' }, 0] },
        },
      },
    },
    Outputs: { QueueArn: { Value: { 'Fn::GetAtt': ['Queue', 'Arn'] } } },
  },
  users: {
    Parameters: { queue: { Type: 'String' } },
    Resources: { Reader: { Type: 'R', Properties: { from: { Ref: 'queue' } } } },
  },
};

const outer: Body = {
  Resources: {
    Table: { Type: 'T' },
    ToolsNestedStack1: {
      Type: 'AWS::CloudFormation::Stack',
      Properties: { TemplateURL: url('tools'), Parameters: { table: { 'Fn::GetAtt': ['Table', 'Name'] } } },
    },
    UsersNestedStack2: {
      Type: 'AWS::CloudFormation::Stack',
      Properties: {
        TemplateURL: url('users'),
        Parameters: { queue: { 'Fn::GetAtt': ['ToolsNestedStack1', 'Outputs.QueueArn'] } },
      },
    },
    Alarm: { Type: 'A', Properties: { of: { 'Fn::GetAtt': ['ToolsNestedStack1', 'Outputs.QueueArn'] } } },
  },
};

test('nested stacks become parts of the one around them; parameters and outputs what they stand for', () => {
  const template = flattened(outer, from => inner[/(\w+)\.json/.exec(JSON.stringify(from))?.[1] ?? '']!);
  const arn = { 'Fn::GetAtt': ['ToolsQueue', 'Arn'] };
  const table = { 'Fn::GetAtt': ['Table', 'Name'] };
  expect(template.Resources?.ToolsQueue?.Properties?.name).toEqual({
    'Fn::Sub': [
      expect.stringContaining('AWS::StackName'),
      { table, 'Function.Arn': { 'Fn::GetAtt': ['ToolsFunction', 'Arn'] } },
    ],
  });
  expect(template.Resources).toMatchObject({
    Table: { Type: 'T' },
    ToolsFunction: {
      DependsOn: ['ToolsQueue'],
      Condition: 'ToolsBig',
      Properties: {
        table,
        size: 3,
        own: { Ref: 'ToolsQueue' },
        if: { 'Fn::If': ['ToolsBig', { Ref: 'ToolsQueue' }, 0] },
      },
    },
    UsersReader: { Properties: { from: arn } },
    Alarm: { Properties: { of: arn } },
  });
  expect(template.Conditions).toEqual({ ToolsBig: { 'Fn::Equals': [3, 3] } });
});
