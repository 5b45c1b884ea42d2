import type { Letter } from '../service/cases/case.ts';
import { filesOf } from '../shared/aws/files.ts';
import { mapConcurrent } from '../shared/map-concurrent.ts';
import type { InboundMessage } from './inbound-message.ts';
import type { Part } from './mail/read-mail.ts';

type Attachment = Letter['attachments'][number];

const most = { bytes: 25 * 1024 * 1024, files: 50 };

/** what a system would run when it is opened; by name and by type, and by how its bytes begin */
const executable =
  /\.(?:exe|com|bat|cmd|scr|pif|cpl|dll|msi|msp|mst|js|jse|mjs|vbs|vbe|ws[cfh]?|ps1|psm1|jar|jnlp|lnk|url|hta|reg|scf|inf|gadget|appx|msix|apk|app|dmg|pkg|iso|img|vhdx?|sh|run|elf|docm|dotm|xlsm|xltm|xlam|pptm|ppam|ade|adp|mde|chm|xll|one)\.?\s*$/i;
const executableTypes =
  /^application\/(?:x-(?:ms-?dos|dosexec|msdownload|executable|sh|bat|ms-installer|java-archive)|java-archive|hta|javascript|x-javascript)|^text\/(?:javascript|vbscript)/;
const begins = ['MZ', '\x7fELF', '#!', '\xca\xfe\xba\xbe', '\xcf\xfa\xed\xfe'];

const blockedAs = ({ name, type, bytes }: Part, nth: number): Attachment['blocked'] => {
  if (nth >= most.files) return 'number';
  if (bytes.length > most.bytes) return 'size';
  const head = bytes.subarray(0, 4).toString('latin1');
  return executable.test(name) || executableTypes.test(type) || begins.some(one => head.startsWith(one))
    ? 'type'
    : null;
};

/** the attachments of a message, with the paths of those that are taken */
export const attachmentsOf = ({ files }: Pick<InboundMessage, 'files'>, folder: string): Attachment[] =>
  files.slice(0, most.files * 2).map(({ bytes, ...part }, nth) => {
    const blocked = blockedAs({ bytes, ...part }, nth);
    return { ...part, size: bytes.length, blocked, path: blocked ? null : `${folder}${nth + 1}` };
  });

export const rawPath = ({ raw }: Pick<InboundMessage, 'raw'>, folder: string) => (raw ? `${folder}raw.eml` : null);

/** Stores a message as it came and its attachments. The same message has the same paths. */
export const keepFiles = async (
  tenant: string,
  { raw, files }: Pick<InboundMessage, 'raw' | 'files'>,
  folder: string,
) => {
  const store = filesOf(tenant);
  const kept = attachmentsOf({ files }, folder).flatMap(({ path }, nth) =>
    path ? [{ path, bytes: files[nth]!.bytes as Uint8Array }] : [],
  );
  if (raw) kept.push({ path: `${folder}raw.eml`, bytes: raw });
  await mapConcurrent(kept, 4, ({ path, bytes }) => store.put(path, bytes));
};
