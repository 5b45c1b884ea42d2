import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject, randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Clock } from '../runtime/service.ts';

/** how long a token is good: longer than the clock is ever moved by */
const lifetime = 100 * 365 * 24 * 3600;

export type Claims = Record<string, unknown>;

/** Stands in for Cognito: signs tokens with the claims Cognito would give and verifies them. */
export type Issuer = {
  sign(issuer: string, claims: Claims): Promise<string>;
  /** the claims of a token that this issuer signed and that is in date; otherwise rejects */
  verify(token: string, issuer: string): Promise<Claims>;
};

const keyIn = async (dir: string): Promise<KeyObject> => {
  const file = join(dir, 'issuer.pem');
  if (existsSync(file)) return createPrivateKey(readFileSync(file));
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  return privateKey;
};

const kid = 'local';

export const openIssuer = async (dir: string, clock: Clock): Promise<Issuer> => {
  const privateKey = await keyIn(dir);
  const publicKey = createPublicKey(privateKey);
  const jose = import('jose');
  return {
    async sign(issuer, claims) {
      const { SignJWT } = await jose;
      const now = Math.floor(clock.now() / 1000);
      return new SignJWT({ iss: issuer, jti: randomUUID(), auth_time: now, iat: now, exp: now + lifetime, ...claims })
        .setProtectedHeader({ alg: 'RS256', kid })
        .sign(privateKey);
    },
    async verify(token, issuer) {
      const { jwtVerify } = await jose;
      const currentDate = new Date(clock.now());
      const { payload } = await jwtVerify(token, publicKey, { issuer, algorithms: ['RS256'], currentDate });
      return payload;
    },
  };
};
