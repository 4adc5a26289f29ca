// Secrets at rest: AES-256-GCM under one key, which the operator gives or the home keeps.
import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { BancadaError } from '@bancada/core';

/** Seals and opens short texts: endpoint keys, webhook secrets, private keys. */
export class SecretBox {
  readonly #readKey: () => Buffer;
  #known: Buffer | undefined;

  private constructor(readKey: () => Buffer) {
    this.#readKey = readKey;
  }

  /**
   * Under `secret` (`BANCADA_SECRET`, at least 16 characters), else under the key in `<home>/secret.key`, which is made
   * when it is first needed and which only its owner may read.
   * @throws BancadaError INVALID_INPUT for a short secret.
   */
  static open(home: string, secret: string | undefined): SecretBox {
    if (secret === undefined) return new SecretBox(() => keyOfHome(home));
    if (secret.length < 16) {
      throw new BancadaError('INVALID_INPUT', 'too short to keep anything secret', {
        key: 'BANCADA_SECRET',
        allowed: 'at least 16 characters, e.g. the output of: openssl rand -hex 32',
      });
    }
    return new SecretBox(() => createHash('sha256').update(secret).digest());
  }

  /**
   * `purpose` says what the text is for; it opens for the same purpose only.
   * @throws BancadaError STORE_FAILED when the home's key can be neither read nor made.
   */
  seal(text: string, purpose: string): string {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.#key(), nonce).setAAD(Buffer.from(purpose));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return `v1.${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')}`;
  }

  /** @throws BancadaError STORE_FAILED when it was sealed under another key or for another purpose, or was changed. */
  unseal(sealed: string, purpose: string): string {
    const bytes = Buffer.from(sealed.replace(/^v1\./, ''), 'base64url');
    try {
      const decipher = createDecipheriv('aes-256-gcm', this.#key(), bytes.subarray(0, 12))
        .setAAD(Buffer.from(purpose))
        .setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
    } catch (cause) {
      throw new BancadaError('STORE_FAILED', `a stored secret (${purpose}) does not open`, {
        hint: 'It was stored under another BANCADA_SECRET or secret.key: bring that one back, or enter the secret again',
        cause,
      });
    }
  }

  /**
   * Bytes that every process with the same key comes to, and nobody else: 32, one value a purpose.
   * @throws BancadaError STORE_FAILED when the home's key can be neither read nor made.
   */
  derive(purpose: string): Buffer {
    return createHmac('sha256', this.#key()).update(`derive ${purpose}`).digest();
  }

  #key(): Buffer {
    this.#known ??= this.#readKey();
    return this.#known;
  }
}

function keyOfHome(home: string): Buffer {
  const file = path.join(home, 'secret.key');
  try {
    if (!existsSync(file)) makeKey(file);
    const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
    if (key.length !== 32) throw new Error('it does not hold 64 hexadecimal digits');
    return key;
  } catch (cause) {
    throw new BancadaError('STORE_FAILED', 'the key for stored secrets cannot be used', {
      file,
      hint: 'Set BANCADA_SECRET, or let this user read and write the home',
      cause,
    });
  }
}

// Two processes may start at once: the link is made by one of them, and both read what it holds.
function makeKey(file: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const own = `${file}.${process.pid}`;
  writeFileSync(own, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600 });
  try {
    linkSync(own, file);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code !== 'EEXIST') throw thrown;
  } finally {
    rmSync(own);
  }
}
