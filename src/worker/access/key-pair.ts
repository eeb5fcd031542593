import { generateKeyPairSync } from 'node:crypto';
import { encodeZ85 } from './z85.ts';

/** A CURVE key pair, each key as 40 characters of Z85. */
export interface KeyPair {
  publicKey: string;
  secretKey: string;
}

/** Makes a fresh key pair. CURVE keys are X25519 keys, so no ZeroMQ is needed for that. */
export function makeKeyPair(): KeyPair {
  const { privateKey } = generateKeyPairSync('x25519');
  const { x, d } = privateKey.export({ format: 'jwk' });
  if (x === undefined || d === undefined) throw new Error('This Node cannot make X25519 keys.');
  return {
    publicKey: encodeZ85(Buffer.from(x, 'base64url')),
    secretKey: encodeZ85(Buffer.from(d, 'base64url')),
  };
}
