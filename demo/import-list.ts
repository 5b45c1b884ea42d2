import type { Crm } from './crm.ts';
import type { List } from './sources.ts';

export type Imported = {
  name: string;
  rows: { read: number; created: number; updated: number; unchanged: number; failed: number; withErrors: number };
  errors: { column: string | null; message: string; rows: number }[];
};

const pause = () => new Promise(resolve => setTimeout(resolve, 200));

/** Brings a list in as a person would: begin, upload, start, look until it is done. */
export const importList = async (crm: Crm, { name, format, mapping, text }: List): Promise<Imported> => {
  const { id, uploadUrl } = await crm.ask('POST /v1/imports', {
    body: { source: `${name} list`, format, mapping, country: 'SG', dates: 'dmy' },
  });
  const sent = await fetch(uploadUrl, { method: 'PUT', body: text });
  if (!sent.ok) throw new Error(`the ${name} list could not be uploaded: ${sent.status}`);
  await crm.ask('POST /v1/imports/{id}/start', { params: { id } });
  for (;;) {
    const reply = await crm.ask('GET /v1/imports/{id}', { params: { id } });
    if (reply.state === 'done') return { name, rows: reply.rows, errors: reply.errors };
    if (reply.state !== 'running') throw new Error(`the import of the ${name} list ${reply.state}: ${reply.problem}`);
    await pause();
  }
};
