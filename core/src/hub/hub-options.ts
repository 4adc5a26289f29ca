// How a hub is reached.
import type { NetworkPolicy } from '../network/network-policy.ts';

/** Where the hub is and how it may be asked. */
export interface HubOptions {
  /** `https://huggingface.co`, or a mirror: `HF_ENDPOINT`. Its host may be asked whatever the network policy says. */
  readonly endpoint: string;
  /** For private and gated repositories: `HF_TOKEN`. Sent to the endpoint alone, never to where it redirects. */
  readonly token?: string | undefined;
  readonly network: NetworkPolicy;
  /** Laid out as Hugging Face's own tools do (`blobs`, `refs`, `snapshots`), so that a cache can be shared or copied. */
  readonly cacheDirectory: string;
  /** Wait before the second try of a request, doubled each time; 500 ms by default. `Retry-After` goes before it. */
  readonly retryDelayMs?: number | undefined;
}
