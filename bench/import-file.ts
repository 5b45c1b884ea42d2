import { setTimeout as sleep } from 'node:timers/promises';
import type { Crm } from '../demo/crm.ts';
import { mapping } from './dirty-rows.ts';

type Rows = Record<'read' | 'created' | 'updated' | 'unchanged' | 'failed' | 'withErrors', number>;

export type Imported = { rows: Rows; seconds: number; searched: number };

const over = async <T extends { state: string; problem?: string | null }>(look: () => Promise<T>): Promise<T> => {
  for (;;) {
    const found = await look();
    if (found.state === 'done') return found;
    if (found.state !== 'running') throw new Error(`the import is ${found.state}: ${found.problem}`);
    await sleep(200);
  }
};

const putUp = async (crm: Crm, file: () => string, fields: object): Promise<string> => {
  const body = { source: 'bench', format: 'csv', mapping, country: 'SG', ...fields };
  const { id, uploadUrl } = await crm.ask('POST /v1/imports', { body });
  const put = await fetch(uploadUrl, { method: 'PUT', body: file() });
  if (!put.ok) throw new Error(`the upload was answered with ${put.status}`);
  return id;
};

/**
 * Brings a file in as any client does, and waits until it is in and searched for duplicates; both in seconds from the start. The
 * file is made when it is sent and not held any longer: memory is that of the stack.
 */
export const importFile = async (crm: Crm, file: () => string, fields: object = {}): Promise<Imported> => {
  const id = await putUp(crm, file, fields);
  const begun = performance.now();
  const since = () => (performance.now() - begun) / 1000;
  await crm.ask('POST /v1/imports/{id}/start', { params: { id } });
  const report = await over(() => crm.ask('GET /v1/imports/{id}', { params: { id } }));
  const seconds = since();
  if (report.duplicates) await over(() => crm.ask('GET /v1/jobs/{id}', { params: { id: report.duplicates } }));
  return { rows: report.rows, seconds, searched: since() };
};
