// Opens the secrets that a model's options name: variables of the operator's, and the keys that the platform keeps for endpoints.
import { BancadaError, type SecretLookup } from '@bancada/core';
import type { SecretBox } from './secret-box.ts';
import { query, type Sql } from './sql.ts';

const keptKey = /^endpoint:([0-9a-f-]{36})$/;
// A suite may name a variable and the address to which its value goes: what runs the platform is not for sending.
const ownVariables = /^(BANCADA_.*|DATABASE_URL|PG.*|POSTGRES_.*|METRICS_TOKEN|HF_TOKEN)$/;

/** The name under which an endpoint's key is kept, and the purpose for which it is sealed. */
export function endpointKeyName(endpointId: string): string {
  return `endpoint:${endpointId}`;
}

/**
 * A kept key opens for the address alone with which it was registered: whoever names it in a suite of their own sends it nowhere else.
 * The lookup throws BancadaError INVALID_INPUT for a variable of the platform's own, STORE_FAILED when a key does not open.
 */
export function secretLookup(sql: Sql, secrets: SecretBox, variable: SecretLookup): SecretLookup {
  return async (name, address) => {
    const id = keptKey.exec(name)?.[1];
    if (id === undefined) {
      if (!ownVariables.test(name)) return variable(name);
      throw new BancadaError('INVALID_INPUT', 'this variable belongs to the platform and is sent nowhere', {
        key: 'api_key_env',
        value: name,
        allowed: 'a variable that holds the key of the endpoint',
      });
    }
    const [row] = await query<{ baseUrl: string; sealedKey: string | null }>(
      sql,
      'select "baseUrl", "sealedKey" from "Endpoint" where id = $1::uuid',
      [id],
    );
    if (!row?.sealedKey || row.baseUrl !== address) return undefined;
    return secrets.unseal(row.sealedKey, endpointKeyName(id));
  };
}
