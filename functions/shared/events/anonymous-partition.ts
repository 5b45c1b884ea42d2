import { createHash } from 'node:crypto';

type Identity = { type: string; value: string };

export const unknownPartition = ({ type, value }: Identity): [kind: string, id: string] => [
  'anonymous',
  `${type}:${value}`,
];

/** names a visitor in a timer, which cannot be erased; where it leads is erased with the identity */
export const visitorDigest = ({ type, value }: Identity) =>
  createHash('sha256')
    .update(JSON.stringify([type, value]))
    .digest('base64url');

export const visitorPartition = (digest: string): [kind: string, id: string] => ['visitor', digest];
