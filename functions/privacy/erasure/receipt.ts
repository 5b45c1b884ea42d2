import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto';
import { shortLived } from '../../shared/aws/file-keys.ts';
import { derived, ofTheStack, secretOf } from '../../shared/http/secret.ts';
import { canonicalJson } from '../../shared/text/canonical-json.ts';
import type { Erasure, Receipt } from './erasure.ts';

/** Where data of an erased customer may exist for a while that this stack stores and cannot change, or that others store. */
const elsewhere: Receipt['elsewhere'] = [
  { where: 'point-in-time backups of the table', until: '35 days after the erasure' },
  { where: 'the change stream of the table', until: '24 hours after the erasure' },
  { where: 'undeliverable events in dead-letter queues', until: '14 days after they were put there' },
  { where: 'pre-signed links to deleted files', until: 'an hour after they were created; they lead to nothing' },
  {
    where: 'files uploaded with a link that was created before',
    until: `${shortLived.days} days after the upload`,
  },
  { where: 'sent messages, with the recipient and the providers of e-mail and SMS', until: 'by their own rules' },
  { where: 'exports, prints and data passed to other systems before', until: 'by the rules of their owners' },
  {
    where: 'free text about others that names the customer without its id: in notes, lists, templates, triggers',
    until: 'it is edited',
  },
];

/** what precedes the 32 bytes of an Ed25519 key (RFC 8410) */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');

type Signing = { key: KeyObject; x: string; keyId: string };

let signing: Signing | undefined;

/** The key that the stack signs receipts with: derived from the stack's secret, not stored. */
const signingKey = async (now: string): Promise<Signing> => {
  if (signing) return signing;
  const seed = derived(await secretOf(ofTheStack, now), 'erasure receipts');
  const key = createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: 'der', type: 'pkcs8' });
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' });
  // the thumbprint of RFC 7638
  const thumbprint = createHash('sha256').update(canonicalJson({ crv: 'Ed25519', kty: 'OKP', x }));
  signing = { key, x, keyId: thumbprint.digest('base64url') };
  return signing;
};

export const publicKey = async (now: string) => {
  const { x, keyId } = await signingKey(now);
  return { kty: 'OKP' as const, crv: 'Ed25519' as const, alg: 'EdDSA' as const, use: 'sig' as const, kid: keyId, x };
};

/** The receipt of an erasure; signed once it is done. */
export const receiptOf = async (erasure: Erasure, tenant: string, now: string): Promise<Receipt> => {
  const { version, createdAt, updatedAt, ...fields } = erasure;
  const receipt = { ...fields, tenant, elsewhere };
  if (erasure.state !== 'done') return { ...receipt, keyId: null, signature: null };
  const { key, keyId } = await signingKey(now);
  const signed = { ...receipt, keyId };
  return { ...signed, signature: sign(null, Buffer.from(canonicalJson(signed)), key).toString('base64url') };
};
