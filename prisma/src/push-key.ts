// The pair of keys by which push services know this installation (VAPID, RFC 8292): made once, the private one sealed.
import webPush from 'web-push';
import type { SecretBox } from './secret-box.ts';
import { query, type Sql } from './sql.ts';

const purpose = 'push-key';

/** base64url, as browsers and push services want them. */
export interface PushKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** Makes the pair when there is none; of processes that do it at once, all get the same. Gives the public key. */
export async function publicPushKey(sql: Sql, secrets: SecretBox): Promise<string> {
  const known = await read(sql);
  if (known !== undefined) return known.publicKey;
  const made = webPush.generateVAPIDKeys();
  await query(
    sql,
    'insert into "PushKey" (id, "publicKey", "privateKey") values (1, $1::text, $2::text) on conflict (id) do nothing',
    [made.publicKey, secrets.seal(made.privateKey, purpose)],
  );
  return (await read(sql))?.publicKey ?? made.publicKey;
}

/** Both keys, for the process that sends. @throws BancadaError STORE_FAILED when the private key does not open any more. */
export async function pushKeys(sql: Sql, secrets: SecretBox): Promise<PushKeys> {
  const publicKey = await publicPushKey(sql, secrets);
  const sealed = (await read(sql))?.privateKey ?? '';
  return { publicKey, privateKey: secrets.unseal(sealed, purpose) };
}

async function read(sql: Sql): Promise<PushKeys | undefined> {
  const [row] = await query<PushKeys>(sql, 'select "publicKey", "privateKey" from "PushKey" where id = 1');
  return row;
}
