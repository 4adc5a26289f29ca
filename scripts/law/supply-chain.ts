// What the lockfile and the workspace promise about packages from elsewhere: each is known by its hash, and hardly any may run code when installed.

/** Packages of the lockfile that are not pinned by a SHA-512; empty when all are. */
export function unpinnedPackages(lockfile: string): string[] {
  const section = /^packages:\n([\s\S]*?)\n(?=\S)/m.exec(lockfile)?.[1] ?? '';
  return `\n${section}`
    .split(/\n(?= {2}\S)/)
    .slice(1)
    .filter((entry) => !/resolution: \{.*integrity: sha512-[A-Za-z0-9+/]{86}==/.test(entry))
    .map((entry) => entry.trim().split('\n')[0]?.replace(/:$/, '') ?? '');
}

/** Names of `allowBuilds` that may run a script when they are installed. */
export function allowedBuilds(workspace: string): string[] {
  const list = /^allowBuilds:\n((?:[ \t]+.*\n)*)/m.exec(workspace)?.[1] ?? '';
  return [...list.matchAll(/^\s+'?([^':]+)'?: true$/gm)].map((match) => match[1] ?? '');
}
