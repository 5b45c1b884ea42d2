import { expect } from 'vitest';
import { importing } from '../../customers/importing.ts';
import type { World } from '../../world.ts';

type Belongings = {
  customerId: string;
  words: Record<'file' | 'note' | 'interest' | 'attribute' | 'externalId' | 'email' | 'street', string>;
  made(key: string, body: object, params?: Record<string, string>): Promise<{ id: string; uploadUrl: string }>;
};

const money = { amount: 900, currency: 'SGD' };

/** what a customer has beside what happened to it: documents, connections, things, commitments, debts, rows of files */
export const belongings = async (crm: World, { customerId, words, made }: Belongings) => {
  const id = customerId;
  const document = await made('POST /v1/documents', { customerId, name: words.file, type: 'text/plain' });
  const put = await fetch(document.uploadUrl, { method: 'PUT', body: words.file });
  expect(put.status).toBe(200);
  await made('POST /v1/documents/{id}/uploaded', {}, { id: document.id });
  const reef = await made('POST /v1/customers', { kind: 'organisation', name: `Reef of ${crm.tenant}` });
  const relationship = { type: 'employer', to: reef.id, role: words.note };
  await made('POST /v1/customers/{id}/relationships', relationship, { id });
  await made('POST /v1/activities', { customerId, kind: 'note', subject: words.note, body: words.note });
  await made('POST /v1/activities', { customerId, kind: 'task', subject: words.note, dueAt: '2099-01-01T00:00:00Z' });
  const asset = await made('POST /v1/assets', {
    customerId,
    name: words.interest,
    serial: words.attribute.slice(0, 90),
  });
  const reading = { value: 12, unit: 'km', readOn: '2024-01-31' };
  await made('POST /v1/assets/{id}/readings', reading, { id: asset.id });
  await made('POST /v1/customers/{id}/needs', { what: words.interest, source: 'call' }, { id });
  const commitment = { kind: 'price', subject: 'pond', text: words.note, department: 'sales' };
  await made('POST /v1/customers/{id}/commitments', commitment, { id });
  const number = `R-${id}`;
  const invoice = await made('POST /v1/invoices', {
    customerId,
    number,
    total: money,
    issuedOn: '2026-01-15',
    dueOn: '2099-12-15',
  });
  await made(
    'POST /v1/invoices/{id}/payments',
    { amount: money, paidOn: '2026-01-20', reference: 'T-1' },
    { id: invoice.id },
  );
  const files = importing(crm);
  const file = `externalId,email,notes,phone\n${words.externalId},${words.email},${words.attribute},${words.street}\n`;
  const fields = { mapping: { externalId: 'externalId', email: 'email', notes: 'attributes.notes', phone: 'phone' } };
  await files.bringIn({ file, fields: { ...fields, dryRun: true } });
  const done = await files.bringIn({ file, fields });
  expect(done.rows).toMatchObject({ read: 1, failed: 0 });
  expect((await crm.ask('POST /v1/exports', { body: {} })).status).toBe(201);
  await crm.idle(60_000);
  return { reefId: reef.id, invoiceId: invoice.id, file, fields };
};
