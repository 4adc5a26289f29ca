// A secret for a webhook, as Standard Webhooks writes them.

/** `whsec_` and 32 random bytes in base64. */
export function freshSecret(): string {
  return `whsec_${btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))))}`;
}
