// What a route is, and which route a path belongs to.
import type { FunctionComponent } from '@builder.io/qwik';

/** What every page gets: the values of the path's `:names`. */
export interface PageProps {
  readonly params: Readonly<Record<string, string>>;
}

/** One address of the dashboard. */
export interface Route {
  /** `/runs/:id`; a name ending in `?` may be missing. */
  readonly path: string;
  /** Fetches the page's code; called when the address is first visited. */
  load(): Promise<FunctionComponent<PageProps>>;
  /** Parameters that make another page of it when they change; all of them unless given. */
  readonly identity?: readonly string[];
  /** The part of the navigation that is lit. */
  readonly section: string;
}

/** A route together with what the path said. */
export interface RouteMatch {
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
  /** Equal for addresses that show the same page. */
  readonly key: string;
}

/** The first route that the path fits, or undefined. */
export function matchRoute(routes: readonly Route[], path: string): RouteMatch | undefined {
  for (const route of routes) {
    const params = matchPath(route.path, path);
    if (params === undefined) continue;
    const identity = route.identity ?? Object.keys(params);
    const key = [route.path, ...identity.map((name) => params[name] ?? '')].join('\n');
    return { route, params, key };
  }
  return undefined;
}

function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const expected = pattern.split('/').filter(Boolean);
  const given = path.split('/').filter(Boolean);
  if (given.length > expected.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of expected.entries()) {
    const value = given[index];
    if (value === undefined) {
      if (!part.endsWith('?')) return undefined;
    } else if (part.startsWith(':')) params[part.slice(1).replace('?', '')] = decode(value);
    else if (part !== value) return undefined;
  }
  return params;
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
