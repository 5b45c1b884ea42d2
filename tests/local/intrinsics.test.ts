import { expect, test } from 'vitest';
import type { Service } from '../../local/runtime/service.ts';
import { exists, resolve, type Scope } from '../../local/template/intrinsics.ts';
import { provision } from '../../local/template/provision.ts';
import type { Resource } from '../../local/template/template.ts';

/** a placeholder as Fn::Sub writes it */
const at = (name: string) => ['$', '{', name, '}'].join('');

const scopeOf = (resources: Record<string, Resource> = {}) => {
  const warnings: string[] = [];
  const scope: Scope = {
    template: {
      stackName: 'Stack',
      resources,
      parameters: { Stage: { Type: 'String', Default: 'dev' } },
      conditions: {
        IsDev: { 'Fn::Equals': [{ Ref: 'Stage' }, 'dev'] },
        IsProd: { 'Fn::Not': [{ Condition: 'IsDev' }] },
        Either: { 'Fn::Or': [{ Condition: 'IsProd' }, { Condition: 'IsDev' }] },
        Both: { 'Fn::And': [{ Condition: 'IsProd' }, { Condition: 'IsDev' }] },
      },
      mappings: { Sizes: { dev: { memory: 128 } } },
      outputs: {},
      assets: new Map(),
    },
    provided: new Map([['Table', { ref: 'the-table', attributes: { Arn: 'arn:table' } }]]),
    account: '000000000000',
    region: 'us-east-1',
    rewrites: new Map([['https://api.execute-api.us-east-1.amazonaws.com', 'http://127.0.0.1:3000']]),
    warn: line => warnings.push(line),
  };
  return { scope, warnings };
};

test.each([
  [{ Ref: 'Table' }, 'the-table'],
  [{ Ref: 'Stage' }, 'dev'],
  [{ Ref: 'AWS::Region' }, 'us-east-1'],
  [{ 'Fn::GetAtt': ['Table', 'Arn'] }, 'arn:table'],
  [{ 'Fn::GetAtt': 'Table.Arn' }, 'arn:table'],
  [{ 'Fn::Join': ['-', ['a', { Ref: 'Table' }]] }, 'a-the-table'],
  [{ 'Fn::Sub': `x-${at('Table')}-${at('Table.Arn')}-${at('!kept')}` }, `x-the-table-arn:table-${at('kept')}`],
  [{ 'Fn::Sub': [`${at('own')}/${at('AWS::AccountId')}`, { own: { Ref: 'Stage' } }] }, 'dev/000000000000'],
  [{ 'Fn::Select': [1, { 'Fn::Split': [':', 'a:b:c'] }] }, 'b'],
  [{ 'Fn::If': ['IsDev', 'yes', 'no'] }, 'yes'],
  [{ 'Fn::If': ['IsProd', 'yes', 'no'] }, 'no'],
  [{ 'Fn::FindInMap': ['Sizes', { Ref: 'Stage' }, 'memory'] }, 128],
  [{ 'Fn::Base64': 'text' }, 'dGV4dA=='],
  [{ kept: 1, gone: { Ref: 'AWS::NoValue' } }, { kept: 1 }],
  [['a', { 'Fn::If': ['IsProd', 'b', { Ref: 'AWS::NoValue' }] }], ['a']],
  [
    {
      'Fn::Join': [
        '',
        ['https://', 'api', '.execute-api.', { Ref: 'AWS::Region' }, '.', { Ref: 'AWS::URLSuffix' }, '/v1'],
      ],
    },
    'http://127.0.0.1:3000/v1',
  ],
])('%j', (value, expected) => {
  expect(resolve(value, scopeOf().scope)).toEqual(expected);
});

test('conditions', () => {
  const { scope } = scopeOf();
  const holding = ['IsDev', 'IsProd', 'Either', 'Both'].filter(name => exists(name, scope));
  expect(holding).toEqual(['IsDev', 'Either']);
  expect(exists(undefined, scope)).toBe(true);
});

test('what another stack exports is empty and named', () => {
  const { scope, warnings } = scopeOf();
  expect(resolve({ 'Fn::ImportValue': 'Other:Thing' }, scope)).toBe('');
  expect(warnings).toEqual(['the template imports Other:Thing of another stack; it is empty here']);
});

test('resources are made after those they refer to, whatever their order; a false condition makes none', async () => {
  const made: string[] = [];
  const type = 'AWS::SQS::Queue';
  const service: Service = {
    name: 'sqs',
    types: [type],
    async provide(logicalId, _, { of }) {
      made.push(`${logicalId}(${of ?? ''})`);
      return { ref: logicalId.toLowerCase(), attributes: { Arn: `arn:${logicalId}` } };
    },
    start: async () => {},
    stop: async () => {},
    call: async () => ({}),
    pending: () => 0,
  };
  const { scope, warnings } = scopeOf({
    A: { Type: type, Properties: { of: { 'Fn::Sub': at('B') } }, DependsOn: 'C' },
    B: { Type: type, Properties: { of: { 'Fn::GetAtt': ['C', 'Arn'] } } },
    C: { Type: type },
    D: { Type: type, Condition: 'IsProd' },
    E: { Type: 'AWS::Odd::Thing' },
    F: { Type: 'AWS::Odd::Thing' },
    G: { Type: 'AWS::IAM::Role' },
    H: { Type: 'Custom::Seed' },
  });
  await provision(scope, [service]);
  expect(made).toEqual(['C()', 'B(arn:C)', 'A(b)']);
  expect(warnings).toEqual([
    'AWS::Odd::Thing is not supported on this machine: E, F',
    'Custom::Seed runs only on deployment: H',
  ]);
});
