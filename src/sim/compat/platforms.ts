/** What follows from the name and version of a system, by the platforms of content/. It knows how releases are found, not what they are. */
import type { Host } from './facts.ts';
import { merged, type Knowledge, type Platform, type Release } from './knowledge.ts';
import { compareVersions, isWithin, startsWith } from './version.ts';

/** The host with everything that its platforms tell. What is stated wins over what follows, but for the name of a release: 1909 is Windows 10. */
export function expanded(host: Host, { platforms }: Pick<Knowledge, 'platforms'>): Host {
  const own = platforms.filter((platform) => isOf(platform, host)).map((platform) => ({ platform, release: releaseOf(platform, host) }));
  const following = own.map(({ platform, release }) => merged<Host>(platform.facts, release?.facts ?? {}));
  const renamed = own.map(({ platform, release }) => (platform.ordered || release?.facts.version === undefined ? {} : { version: release.facts.version }));
  return merged<Host>(...following, host, ...renamed);
}

/** The month in which the host's system came out, as far as its platforms tell: the latest of their releases. */
export function outSince(host: Host, { platforms }: Pick<Knowledge, 'platforms'>): string | undefined {
  const months = platforms.filter((platform) => isOf(platform, host)).flatMap((platform) => releaseOf(platform, host)?.from ?? []);
  return months.toSorted().at(-1);
}

/** A platform speaks of a host when the host has its defining facts: the system, and the distribution where it names one. */
function isOf({ facts }: Platform, host: Host): boolean {
  return facts.os !== undefined && facts.os === host.os && (facts.distro === undefined || facts.distro === host.distro);
}

/** The release of a host: by build where one is known, else by version; the newest that is not newer than the host. */
export function releaseOf({ releases, ordered }: Pick<Platform, 'releases' | 'ordered'>, { build, version }: Host): Release | undefined {
  if (build !== undefined) return releases.find(({ facts }) => facts.build !== undefined && isWithin(String(build), String(facts.build)) === 'yes');
  if (version === undefined) return undefined;
  const stated = String(version);
  const exact = releases.filter((release) => release.version !== undefined && (release.version.toLowerCase() === stated.toLowerCase() || (ordered && startsWith(stated, release.version))));
  return exact.toSorted((a, b) => String(b.version).length - String(a.version).length)[0] ?? (ordered ? newestBefore(releases, stated) : undefined);
}

function newestBefore(releases: readonly Release[], version: string): Release | undefined {
  const older = releases.filter((release) => release.version !== undefined && /^\d/.test(version) && compareVersions(release.version, version) <= 0);
  return older.toSorted((a, b) => compareVersions(String(b.version), String(a.version)))[0];
}
