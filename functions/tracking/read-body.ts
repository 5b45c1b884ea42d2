import { inflateRawSync, unzipSync } from 'node:zlib';
import { isObject, type Json } from '../shared/json.ts';
import { malformed } from './errors.ts';

/** Segment's published limits, in bytes once unpacked */
export const limits = { call: 32 * 1024, batch: 500 * 1024, calls: 2500 };

const isGzip = (bytes: Buffer) => bytes[0] === 0x1f && bytes[1] === 0x8b;
// zlib's header; some clients call the raw stream "deflate"
const isZlib = (bytes: Buffer) => bytes.length > 1 && bytes[0] === 0x78 && bytes.readUInt16BE(0) % 31 === 0;

const unpacked = (bytes: Buffer, encoding: string, most: number) => {
  const options = { maxOutputLength: most };
  if (isGzip(bytes) || (encoding === 'deflate' && isZlib(bytes))) return unzipSync(bytes, options);
  return encoding === 'deflate' ? inflateRawSync(bytes, options) : bytes;
};

/** The body of a tracking request, whatever its content type, packed or not. Refuses what is not JSON or larger than `most` bytes. */
export const readBody = (raw: Buffer, headers: Record<string, string | undefined>, most: number): Json => {
  const tooLarge = () => malformed(`the request is larger than ${most} bytes`);
  let bytes: Buffer;
  try {
    bytes = unpacked(raw, headers['content-encoding']?.trim().toLowerCase() ?? '', most);
  } catch (error) {
    throw (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE'
      ? tooLarge()
      : malformed('malformed compression');
  }
  if (bytes.length > most) throw tooLarge();
  let body: unknown;
  try {
    body = JSON.parse(bytes.toString());
  } catch {
    throw malformed('malformed JSON');
  }
  if (!isObject(body)) throw malformed('the request is not a JSON object');
  return body;
};
