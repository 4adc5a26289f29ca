// What a real worker tells of runs: the inbox, a signed webhook with its retries, and a push message that the browser's key opens.
import { createECDH, randomBytes } from 'node:crypto';
import {
  createTestDatabase,
  publicPushKey,
  SecretBox,
  secretPurposes,
  type TestDatabase,
} from '@bancada/prisma';
import { decrypt } from 'http_ece';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type ExampleHome, exampleSuite, makeExampleHome } from '../../core/src/run/fixture/example-home.ts';
import { type Receiver, startReceiver } from './fixture/receiver.ts';
import { createRun, startWorker, untilRun, type WorkerProcess } from './fixture/worker-process.ts';

let database: TestDatabase;
let home: ExampleHome;
let worker: WorkerProcess;
let receiver: Receiver;
let secrets: SecretBox;
const secret = `whsec_${randomBytes(32).toString('base64')}`;

beforeAll(async () => {
  database = await createTestDatabase();
  home = makeExampleHome(30);
  secrets = SecretBox.open(home.folder, undefined);
  worker = await startWorker(database, home.folder);
});
afterAll(async () => {
  await worker?.[Symbol.asyncDispose]();
  await database.close();
  home[Symbol.dispose]();
});
beforeEach(async () => {
  receiver = await startReceiver();
  await database.pool.query(
    'delete from "Webhook"; delete from "PushSubscription"; delete from "Notification"',
  );
  return () => receiver[Symbol.asyncDispose]();
});

function suite(more: string): string {
  return exampleSuite('', more).replace('answers.jsonl', '../answers.jsonl');
}

const patient = { timeout: 20_000 };
const strict = 'gates: [{metric: exact_match, task: sums, model: echo, min: 0.99}]';
const ended = ({ status }: { status: string }) => status === 'SUCCEEDED' || status === 'FAILED';

async function runToEnd(yaml: string): Promise<string> {
  const id = await createRun(database, yaml);
  await untilRun(database, id, ended);
  return id;
}

function addWebhook(events: string): Promise<unknown> {
  return database.pool.query(
    `insert into "Webhook" (id, url, secret, events, "updatedAt") values (gen_random_uuid(), $1, $2, $3::"NotificationKind"[], now())`,
    [`${receiver.url}/hook`, secrets.seal(secret, secretPurposes.webhook), events],
  );
}

it('keeps a notice of the end and of a missed gate, and posts them signed', async () => {
  await addWebhook('{RUN_ENDED,GATE_MISSED}');
  const runId = await runToEnd(suite(strict));
  const kept = await database.prisma.notification.findMany({ where: { runId }, orderBy: { id: 'asc' } });
  expect(kept.map(({ kind, subject }) => [kind, subject])).toEqual([
    ['RUN_ENDED', 'test'],
    ['GATE_MISSED', 'test'],
  ]);
  expect(kept[1]?.detail).toMatch(/exact_match of echo on sums .* promised at least 0.99/);
  expect(kept[0]?.parameters).toMatchObject({
    scores: expect.arrayContaining([expect.objectContaining({ task: 'sums', metric: 'exact_match' })]),
    more: expect.any(Number),
  });
  expect(kept[1]?.parameters).toMatchObject({
    gates: [{ metric: 'exact_match', task: 'sums', model: 'echo', value: expect.any(Number), min: 0.99 }],
    more: 0,
  });
  const posted = await receiver.until(2);
  const bodies = posted.map(({ body, headers }) => {
    const header = (name: string) => String(headers[name]);
    return new Webhook(secret).verify(body.toString(), {
      'webhook-id': header('webhook-id'),
      'webhook-timestamp': header('webhook-timestamp'),
      'webhook-signature': header('webhook-signature'),
    }) as { type: string; data: unknown };
  });
  expect(bodies.map(({ type }) => type).sort()).toEqual(['gate.missed', 'run.ended']);
  expect(bodies.map(({ data }) => data)).toContainEqual({ subject: 'test', detail: kept[1]?.detail, runId });
  const [first] = posted;
  expect(() =>
    new Webhook(secret).verify(`${first?.body} `, first?.headers as Record<string, string>),
  ).toThrow();
});

it('tries a webhook that fails again with the same id, and forgets one that is gone', async () => {
  await addWebhook('{RUN_FAILED}');
  receiver.answer = () => [503, 200, 410][Math.min(receiver.received.length - 1, 2)] ?? 410;
  await runToEnd('name: wrong\nmodels: [nobody]\ntasks: [sums]\n');
  const [first, second] = await receiver.until(2);
  expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
  expect(second?.body).toEqual(first?.body);
  await expect
    .poll(
      () => database.prisma.webhookDelivery.findMany({ select: { status: true, attempts: true } }),
      patient,
    )
    .toEqual([{ status: 'DELIVERED', attempts: 2 }]);
  await runToEnd('name: wrong\nmodels: [nobody]\ntasks: [sums]\n');
  await receiver.until(3);
  await expect
    .poll(() => database.prisma.webhook.findMany({ select: { enabled: true } }), patient)
    .toEqual([{ enabled: false }]);
});

it('encrypts a push message for the browser alone, and forgets a browser that is gone', async () => {
  const browser = createECDH('prime256v1');
  const auth = randomBytes(16).toString('base64url');
  const p256dh = browser.generateKeys('base64url');
  await database.prisma.pushSubscription.create({
    data: {
      endpoint: `${receiver.url}/push`,
      p256dh,
      auth: secrets.seal(auth, secretPurposes.push),
      language: 'pt-BR',
    },
  });
  const runId = await runToEnd(suite(''));
  const [message] = await receiver.until(1);
  expect(message?.headers['content-encoding']).toBe('aes128gcm');
  const opened = decrypt(message?.body ?? Buffer.alloc(0), {
    version: 'aes128gcm',
    privateKey: browser,
    authSecret: auth,
  });
  const told = JSON.parse(opened.toString());
  expect(told).toMatchObject({ kind: 'RUN_ENDED', subject: 'test', runId, language: 'pt-BR' });
  expect(told.detail).toContain('exact_match 0.667');
  expect(told.parameters.scores[0]).toMatchObject({ metric: 'exact_match', value: 2 / 3 });
  const authorization = String(message?.headers.authorization);
  expect(authorization).toContain(`k=${await publicPushKey(database.pool, secrets)}`);
  const claims = JSON.parse(
    Buffer.from(/t=[^.]+\.([^.]+)\./.exec(authorization)?.[1] ?? '', 'base64url').toString(),
  );
  expect(claims).toMatchObject({ aud: receiver.url, sub: 'mailto:bancada@example.org' });
  receiver.answer = () => 410;
  await runToEnd(suite(''));
  await receiver.until(2);
  await expect.poll(() => database.prisma.pushSubscription.count(), patient).toBe(0);
});

it('tells nobody who does not want to know', async () => {
  await database.prisma.notificationPreference.create({
    data: { owner: 'local', kind: 'RUN_ENDED', inApp: false, push: false },
  });
  const runId = await runToEnd(suite(strict));
  const shown = await database.prisma.notification.findMany({ where: { runId, inApp: true } });
  expect(shown.map(({ kind }) => kind)).toEqual(['GATE_MISSED']);
});

it('misses a gate against the last success only when the run is worse by more than chance', async () => {
  const against = (model: string) =>
    `name: compared\nmodels: [${model}]\ntasks: [sums]\ngates: [{metric: exact_match, task: sums, model: echo, baseline: last-success}]\n`;
  const good = against('{provider: scripted, name: echo, file: ../answers.jsonl}');
  const gatesOf = async (id: string) =>
    (await database.prisma.run.findUniqueOrThrow({ where: { id } })).gates as {
      passed: boolean;
      message: string;
    }[];
  const first = await gatesOf(await runToEnd(good));
  expect(first).toMatchObject([
    { passed: true, message: expect.stringContaining('nothing is compared yet') },
  ]);
  expect(await gatesOf(await runToEnd(good))).toMatchObject([
    { passed: true, message: expect.stringContaining('difference 0') },
  ]);
  const poor = await gatesOf(await runToEnd(against('{provider: scripted, name: echo, answer: "no"}')));
  expect(poor).toMatchObject([
    { passed: false, message: expect.stringContaining('a significant regression') },
  ]);
  // The run that missed its gate is no baseline for the next.
  expect(await gatesOf(await runToEnd(good))).toMatchObject([{ passed: true }]);
});
