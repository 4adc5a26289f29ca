// This device as one that takes push messages: whether it can, why not, switched on by a tap, and off.
import { client } from '../graphql/client.ts';
import { graphql } from '../graphql/graphql.ts';
import { runMutation } from '../graphql/mutation.ts';

/**
 * `insecure`: plain HTTP forbids it; `install`: iOS wants the app on the home screen first; `unsupported`: this browser has none;
 * `blocked`: the reader said no, in the browser's own settings; else `off` or `on`.
 */
export type PushState = 'insecure' | 'install' | 'unsupported' | 'blocked' | 'off' | 'on';

const keyQuery = graphql(`
  query PushKey {
    viewer {
      vapidPublicKey
    }
  }
`);

const saveMutation = graphql(`
  mutation SavePushSubscription($input: PushSubscriptionInput!) {
    savePushSubscription(input: $input) {
      __typename
      ... on Error {
        message
      }
      ... on MutationSavePushSubscriptionSuccess {
        data {
          id
        }
      }
    }
  }
`);

const deleteMutation = graphql(`
  mutation DeletePushSubscription($endpoint: String!) {
    deletePushSubscription(endpoint: $endpoint) {
      __typename
      ... on Error {
        message
      }
      ... on MutationDeletePushSubscriptionSuccess {
        data
      }
    }
  }
`);

/** How it stands with this browser, now. */
export async function pushState(): Promise<PushState> {
  if (!isSecureContext) return 'insecure';
  if (!('PushManager' in window) || !('serviceWorker' in navigator) || !('Notification' in window)) {
    return /iPhone|iPad|iPod/.test(navigator.userAgent) ? 'install' : 'unsupported';
  }
  if (Notification.permission === 'denied') return 'blocked';
  return (await currentSubscription()) === null ? 'off' : 'on';
}

/** Asks the reader and subscribes; call it from a tap. Gives what went wrong, in words; undefined when it is on. */
export async function switchPushOn(language: string): Promise<string | undefined> {
  if ((await Notification.requestPermission()) !== 'granted') return 'permission';
  const { data, error } = await client.query(keyQuery, {}).toPromise();
  const registration = await navigator.serviceWorker.getRegistration();
  if (error !== undefined || data === undefined || registration === undefined) return 'not ready';
  try {
    const subscription = await registration.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey: data.viewer.vapidPublicKey,
    });
    const { endpoint = '', keys = {} } = subscription.toJSON();
    const input = { endpoint, p256dh: keys.p256dh ?? '', auth: keys.auth ?? '', language };
    const outcome = await runMutation(saveMutation, { input });
    if (outcome.status === 'done') return undefined;
    await subscription.unsubscribe();
    return outcome.message;
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown);
  }
}

/** Takes no more messages. */
export async function switchPushOff(): Promise<void> {
  const subscription = await currentSubscription();
  if (subscription === null) return;
  await runMutation(deleteMutation, { endpoint: subscription.endpoint });
  await subscription.unsubscribe();
}

async function currentSubscription(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration();
  return (await registration?.pushManager.getSubscription()) ?? null;
}
