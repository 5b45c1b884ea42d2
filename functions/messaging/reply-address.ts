import { createHmac, timingSafeEqual } from 'node:crypto';
import { env } from '../shared/aws/env.ts';
import { derived, secretOf } from '../shared/http/secret.ts';

type Of = { tenant: string; now: string; caseId: string };

const digits = '0123456789abcdefghjkmnpqrstvwxyz';

/** 80 bits in small letters and digits: mail servers may change the case of an address */
const signature = async ({ tenant, now, caseId }: Of) => {
  const key = derived(await secretOf(tenant, now), 'reply address');
  const bytes = createHmac('sha256', key).update(caseId).digest().subarray(0, 16);
  return Array.from(bytes, byte => digits[byte % 32]).join('');
};

/** RFC 5321, 4.5.3.1.1 */
const longestLocal = 64;

const tagged = (address: string, tag: string) => {
  const at = address.lastIndexOf('@');
  const local = `${address.slice(0, at)}+${tag}`;
  return local.length <= longestLocal ? local + address.slice(at) : undefined;
};

/** The address by which an answer finds its case; none where the stack receives no mail. */
export const replyAddress = async (mailbox: string | null, of: Of): Promise<string | undefined> => {
  if (!env.receivesMail()) return undefined;
  const token = `${of.caseId.slice('case_'.length)}-${await signature(of)}`;
  return (mailbox && tagged(mailbox, token)) || tagged(env.mailFrom(), `${of.tenant}.${token}`);
};

/** what an address says: its mailbox, the company that it names, and the case with its signature */
export const partsOfAddress = (address: string) => {
  const [, local = '', tag = '', domain = ''] = /^(.+)\+([^+@]+)(@[^@]+)$/.exec(address) ?? [];
  const [, tenant, id, given] = /^(?:([a-z0-9-]+)\.)?([0-9a-z]{26})-([0-9a-z]{16})$/.exec(tag) ?? [];
  return local ? { base: local + domain, tenant, caseId: id && `case_${id}`, signature: given } : undefined;
};

/** the case that an address of ours names, if the company signed it */
export const caseInAddress = async (
  address: string,
  { tenant, now }: Omit<Of, 'caseId'>,
): Promise<string | undefined> => {
  const { caseId, signature: given = '' } = partsOfAddress(address) ?? {};
  if (!caseId) return undefined;
  const right = Buffer.from(await signature({ tenant, now, caseId }));
  const offered = Buffer.from(given);
  return right.length === offered.length && timingSafeEqual(right, offered) ? caseId : undefined;
};
