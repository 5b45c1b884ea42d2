import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib/core';
import { expect, test } from 'vitest';
import { settingsFor, settingsOf } from '../../lib/settings.ts';
import { deployed } from './synthesised.ts';

const prod = (more: object) => () => settingsFor('prod', { ...deployed, ...more });

test('a stage besides dev names its tenants, its sender and who gets its alarms', () => {
  expect(() => settingsFor('prod', {})).toThrow(/tenants[\s\S]*mail[\s\S]*alarmMail/);
  for (const name of ['tenants', 'mail', 'alarmMail']) expect(prod({ [name]: undefined })).toThrow(name);
  expect(prod({ mail: { from: 'hello@example.com' } })).toThrow('mail.from');
  expect(prod({ mail: { from: 'hello@shop.example.org' } })).toThrow('mail.from');
  expect(prod({ tenants: [] })).toThrow('tenants');
  expect(prod({})()).toMatchObject({ ...deployed, disposable: false, stage: 'prod' });
  expect(settingsFor('dev', { mail: { from: 'hello@example.com' } })).toMatchObject({ disposable: true });
});

test('settings that mean nothing are refused by name', () => {
  expect(prod({ tenant: 'acme' })).toThrow('tenant');
  expect(prod({ machines: { shop: { tenant: 'other', scopes: ['customers.read'] } } })).toThrow('machines.shop.tenant');
  expect(prod({ machines: { shop: { tenant: 'acme', scopes: ['everything'] } } })).toThrow('machines.shop.scopes');
  expect(prod({ tenants: Array.from({ length: 60 }, (_, nth) => `${nth}${'t'.repeat(60)}`) })).toThrow('tenants');
});

test('settings come from the file of the stage, not from flags', () => {
  const contextOf = (context: object) => () => settingsOf(new App({ context: { ...context } }).node);
  expect(contextOf({ stage: 'nowhere' })).toThrow('settings/nowhere.json does not exist');
  expect(contextOf({ tenants: 'acme' })).toThrow('-c tenants is not read');
  expect(contextOf({})().stage).toBe('dev');
});

test('the example has settings that are known', () => {
  const example = JSON.parse(readFileSync('settings/example.json', 'utf8'));
  expect(() => settingsFor('prod', example)).toThrow(/^the settings cannot be used:\n✖ is an example[^✖]*$/);
  expect(settingsFor('prod', { ...example, mail: deployed.mail }).domain?.name).toBe(example.domain.name);
});
