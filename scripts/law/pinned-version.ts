// Versions that must not be passed: ApexCharts 4.7.0 is the last under the MIT licence.

const newestFree = [4, 7, 0];

/** A sentence for each version of ApexCharts in the lockfile's text that is above 4.7.0. */
export function apexChartsBreaches(lockfile: string): string[] {
  const versions = [...lockfile.matchAll(/\bapexcharts@(\d+\.\d+\.\d+)/g)].map((match) => match[1] ?? '');
  return [...new Set(versions)].filter(isAbove).map((version) => `apexcharts ${version} is above 4.7.0`);
}

function isAbove(version: string): boolean {
  const parts = version.split('.').map(Number);
  const index = newestFree.findIndex((wanted, at) => parts[at] !== wanted);
  return index >= 0 && (parts[index] ?? 0) > (newestFree[index] ?? 0);
}
