/** Names of instruction sets, as tools and people write them. */

const ARCHES: Readonly<Record<string, string>> = {
  'amd64': 'amd64', 'x86_64': 'amd64', 'x64': 'amd64', 'x86-64': 'amd64', 'em64t': 'amd64', '64bit': '', 'x64-based': 'amd64',
  'arm64': 'arm64', 'aarch64': 'arm64', 'arm64v8': 'arm64', 'armv8': 'arm64', 'arm64e': 'arm64', 'arm64-based': 'arm64',
  '386': '386', 'i386': '386', 'i486': '386', 'i586': '386', 'i686': '386', 'x86': '386', 'x32': '386', 'x86-based': '386',
  'arm': 'arm', 'armhf': 'arm', 'armel': 'arm', 'armv7': 'arm', 'armv7l': 'arm', 'armv7hl': 'arm', 'arm32v7': 'arm', 'armv6': 'arm', 'armv6l': 'arm', 'arm32v6': 'arm', 'arm32v5': 'arm', 'arm32': 'arm',
  'ppc64le': 'ppc64le', 'ppc64el': 'ppc64le', 's390x': 's390x', 'riscv64': 'riscv64', 'mips64le': 'mips64le',
};

/** The instruction set that a word names; undefined when it names none. */
export function archOf(word: string): string | undefined {
  const name = word.trim().toLowerCase();
  return Object.hasOwn(ARCHES, name) ? ARCHES[name] || undefined : undefined;
}

/** The instruction set in `linux/arm64/v8` and the system; undefined when it is no platform. */
export function platformOf(text: string): { readonly os: string; readonly arch: string } | undefined {
  const match = /^(linux|windows|darwin|freebsd)\/([a-z0-9_]{2,10})(?:\/(v\d))?/i.exec(text.trim());
  const arch = archOf(match?.[2] ?? '');
  if (!match || arch === undefined) return undefined;
  return { os: (match[1] as string).toLowerCase(), arch };
}
