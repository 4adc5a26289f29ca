// One folder of Postgres data and the server over it, through initdb and pg_ctl.
import { execFile } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { reachableBinaries, reachableFolder } from './open-place.ts';
import { type ServerAccount, serverAccount } from './server-account.ts';
import { type ServerBinaries, serverBinaries } from './server-binaries.ts';

const execute = promisify(execFile);
const user = 'bancada';
const database = 'bancada';

// For one machine: under 60 MB when idle, TCP on the loopback alone (a socket's path would be too long in deep folders),
// no helpers that a database of this size does not need.
const ownSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '60',
  shared_buffers: '64MB',
  io_method: 'sync',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_worker_processes: '4',
  max_wal_size: '1GB',
  jit: 'off',
  max_logical_replication_workers: '0',
  log_checkpoints: 'off',
};

/** The folder `<home>/postgres`: `data/`, `server.log`, `port`, `password`, and a file in `users/` for each process that needs the server. */
export class PostgresCluster {
  readonly folder: string;
  readonly logFile: string;
  readonly #data: string;
  readonly #binaries: ServerBinaries;
  readonly #account: ServerAccount | undefined;

  private constructor(folder: string, binaries: ServerBinaries, account: ServerAccount | undefined) {
    this.folder = folder;
    this.logFile = path.join(folder, 'server.log');
    this.#data = path.join(folder, 'data');
    this.#binaries = binaries;
    this.#account = account;
  }

  /**
   * Makes the folder when it is not there. Started by root, the server's user may be shut out of it: then another place is taken.
   * @throws BancadaError when there is no place that the server's user may enter.
   */
  static async open(wanted: string): Promise<PostgresCluster> {
    const account = await serverAccount();
    const binaries = reachableBinaries(await serverBinaries(), account);
    mkdirSync(wanted, { recursive: true });
    if (account) chownSync(wanted, account.uid, account.gid);
    const folder = reachableFolder(wanted, account);
    mkdirSync(path.join(folder, 'users'), { recursive: true });
    if (account) chownSync(folder, account.uid, account.gid);
    return new PostgresCluster(folder, binaries, account);
  }

  /** Whether there are data; an initdb that was interrupted leaves none. */
  exists(): boolean {
    return existsSync(path.join(this.#data, 'PG_VERSION'));
  }

  /** Makes the data. Of two processes that do it at once, one wins. */
  async create(password: string): Promise<void> {
    const fresh = `${this.#data}.${process.pid}`;
    this.#removeAbandoned();
    const passwordFile = path.join(this.folder, `password.${process.pid}`);
    writeFileSync(passwordFile, password, { mode: 0o600 });
    if (this.#account) chownSync(passwordFile, this.#account.uid, this.#account.gid);
    const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
    await this.#run(this.#binaries.initdb, [
      ...['--pgdata', fresh, '--username', user, '--pwfile', passwordFile],
      ...['--auth=scram-sha-256', '--no-sync', '--no-instructions', ...locale],
    ]);
    try {
      renameSync(fresh, this.#data);
      renameSync(passwordFile, path.join(this.folder, 'password'));
    } catch (error) {
      rmSync(fresh, { recursive: true, force: true });
      rmSync(passwordFile, { force: true });
      if (!this.exists()) throw error;
    }
  }

  /** Whether the process in postmaster.pid lives and is a Postgres; a lock file that a crash left behind is removed. */
  isRunning(): boolean {
    const [pid] = this.#lockFile();
    if (pid === undefined) return false;
    if (isPostgres(Number(pid))) return true;
    rmSync(path.join(this.#data, 'postmaster.pid'), { force: true });
    return false;
  }

  /** Starts the server and waits until it takes connections. @throws Error with the end of its log. */
  async start(settings: Readonly<Record<string, string>>): Promise<void> {
    const port = await this.#port();
    const options = Object.entries({ ...ownSettings, ...settings, port }).map(
      ([key, value]) => `-c ${key}='${value}'`,
    );
    const arguments_ = [
      'start',
      '--wait',
      '--silent',
      '--timeout=30',
      '--pgdata',
      this.#data,
      '--log',
      this.logFile,
    ];
    try {
      await this.#run(this.#binaries.pgCtl, [...arguments_, '--options', options.join(' ')]);
    } catch (error) {
      const log = existsSync(this.logFile)
        ? readFileSync(this.logFile, 'utf8').trim().split('\n').slice(-3).join('\n')
        : '';
      throw new Error(log || String(error), { cause: error });
    }
  }

  /** Ends connections and shuts down; a server that is not there is fine. */
  async stop(): Promise<void> {
    if (!this.isRunning()) return;
    await this.#run(this.#binaries.pgCtl, [
      'stop',
      '--wait',
      '--silent',
      '--mode=fast',
      '--timeout=60',
      '--pgdata',
      this.#data,
    ]);
  }

  /** Address of the running server. */
  url(): string {
    const [, , , port] = this.#lockFile();
    const password = readFileSync(path.join(this.folder, 'password'), 'utf8');
    return `postgresql://${user}:${password}@127.0.0.1:${port ?? readFileSync(this.#portFile, 'utf8')}/${database}`;
  }

  /** Notes that this process needs the server. */
  join(): void {
    writeFileSync(path.join(this.folder, 'users', String(process.pid)), '');
  }

  /** Takes the note back; true when no other living process needs the server. */
  leave(): boolean {
    const users = path.join(this.folder, 'users');
    rmSync(path.join(users, String(process.pid)), { force: true });
    return !readdirSync(users).some((pid) => isAlive(Number(pid)));
  }

  // What an initdb that was killed has left.
  #removeAbandoned(): void {
    for (const name of readdirSync(this.folder)) {
      const pid = /^(?:data|password)\.(\d+)$/.exec(name)?.[1];
      if (pid === undefined || isAlive(Number(pid))) continue;
      rmSync(path.join(this.folder, name), { recursive: true, force: true });
    }
  }

  get #portFile(): string {
    return path.join(this.folder, 'port');
  }

  async #port(): Promise<string> {
    const kept = existsSync(this.#portFile) ? Number(readFileSync(this.#portFile, 'utf8')) : 0;
    const port = String(await freePort(kept));
    writeFileSync(this.#portFile, port);
    return port;
  }

  #lockFile(): string[] {
    try {
      return readFileSync(path.join(this.#data, 'postmaster.pid'), 'utf8').trim().split('\n');
    } catch {
      return [];
    }
  }

  async #run(program: string, arguments_: readonly string[]): Promise<void> {
    await execute(program, arguments_, {
      ...this.#account,
      cwd: this.folder,
      env: { ...process.env, LC_ALL: 'C' },
    });
  }
}

/** The wanted port when nobody has it (0: any), else a free one. */
async function freePort(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => (wanted === 0 ? reject(error) : resolve(freePort(0))));
    server.listen(wanted, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : wanted));
    });
  });
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

// After a restart of the machine the number may belong to something else. Where /proc is missing, living is taken for running.
function isPostgres(pid: number): boolean {
  if (!isAlive(pid)) return false;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres');
  } catch {
    return process.platform !== 'linux';
  }
}
