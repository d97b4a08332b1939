/** Commands as people type them: which image, which platform, and what is asked for beside a plain start. It knows command lines, not what follows from them. */
import { archOf, platformOf } from './arch.ts';
import { referenceOf, type Reference } from './image.ts';

export interface Command {
  /** Ids of tools that the command belongs to. */
  readonly tools: readonly string[];
  readonly image?: Reference;
  readonly platform?: { readonly os: string; readonly arch: string };
  readonly isolation?: string;
  readonly wants: readonly string[];
  readonly mounts: readonly string[];
  /** Set where the command makes a virtual machine: `vz`, `qemu`. */
  readonly vmm?: string;
  /** Set where the command is about a virtual machine, not an image. */
  readonly machine?: true;
  readonly arch?: string;
  readonly wsl?: string;
}

/** Programs that run containers, and the tool that they are. */
const CLIENTS: Readonly<Record<string, string>> = { 'docker': 'docker', 'docker.exe': 'docker', 'podman': 'podman', 'nerdctl': 'nerdctl', 'container': 'apple-container', 'docker-compose': 'docker-compose', 'podman-compose': 'podman', 'buildah': 'buildah', 'udocker': 'udocker', 'ctr': 'containerd' };
/** Programs that make virtual machines. */
const MACHINES: Readonly<Record<string, string>> = { 'limactl': 'lima', 'multipass': 'multipass', 'vagrant': 'vagrant', 'wsl': 'wsl2', 'wsl.exe': 'wsl2', 'docker-machine': 'docker-machine', 'boot2docker': 'boot2docker', 'vboxmanage': 'virtualbox', 'qemu-system-x86_64': 'qemu', 'qemu-system-aarch64': 'qemu', 'virt-install': 'qemu', 'firecracker': 'firecracker', 'colima': 'colima' };
/** Words before the program. */
const PREFIXES = new Set(['sudo', '$', '#', '>', '%', 'time', 'env', 'lima', 'wsl', '&', 'winpty', 'ps', 'c:\\>', 'exec']);
/** Options of `run` and the like that stand alone; every other long option takes the next word unless it has a `=`. */
const ALONE = new Set(['-i', '-t', '-it', '-ti', '-d', '-dit', '-itd', '-dti', '-tid', '--rm', '--detach', '--interactive', '--tty', '--privileged', '--init', '--read-only', '--no-healthcheck', '--oom-kill-disable', '-P', '--publish-all', '--sig-proxy', '--quiet', '-q', '--disable-content-trust', '--build', '--force-recreate', '--no-cache', '--pull', '--systemd', '--tls', '-a', '--all', '--no-trunc', '--rmi', '--network-host', '-D', '--debug', '--verbose']);
/** Questions to the engine that start nothing. */
const QUESTIONS = new Set(['info', 'version', 'ps', 'images', 'login', 'system', 'context', 'logs', 'stats', 'ls', 'network', 'volume', 'search', 'env', 'ip', 'status', 'events']);
const NETWORK_PROGRAMS = new Set(['apt-get', 'apt', 'yum', 'dnf', 'apk', 'curl', 'wget', 'pip', 'pip3', 'npm', 'yarn', 'git', 'zypper', 'pacman', 'nslookup', 'dig', 'ping', 'ssh', 'telnet', 'nc']);
/** Programs that start services. */
const SERVICES = new Set(['systemctl', 'service', 'rc-service']);
/** Programs that only work with the processor's virtualization. */
const ACCELERATED = /^(?:emulator|emulator-check|kvm-ok)$/;
const INITS = /^(?:\/(?:usr\/)?s?bin\/init|\/(?:usr\/)?lib\/systemd\/systemd|systemd|init|systemctl)$/;

/** Reads one command line; undefined where there is none. */
export function commandOf(line: string): Command | undefined {
  const words = shellWords(line);
  let at = 0;
  while (at < words.length && (PREFIXES.has((words[at] as string).toLowerCase()) || /^[A-Z_]{2,40}=/.test(words[at] as string)) && !isMachineWord(words, at)) at += 1;
  const program = baseName(words[at] ?? '');
  // A capital letter or nothing behind it makes it a product's name in a sentence.
  if (/^[A-Z]/.test(words[at] ?? '') || (words.length === at + 1 && !/^\.{0,2}\//.test(words[at] ?? ''))) return undefined;
  const rest = words.slice(at + 1);
  const viaLima = words.slice(0, at).some((word) => word.toLowerCase() === 'lima') ? ['lima'] : [];
  if (Object.hasOwn(CLIENTS, program)) return withFragment(withTools(clientCommand(program, rest), [...viaLima, CLIENTS[program] as string]), line);
  if (Object.hasOwn(MACHINES, program)) return withTools(machineCommand(program, rest), [MACHINES[program] as string]);
  if (program === 'unshare' || program === 'bwrap' || program === 'newuidmap') return bare({ wants: ['userns'] });
  if (NETWORK_PROGRAMS.has(program)) return bare({ wants: [rest.some(isLocal) ? 'published' : 'network'] });
  if (program === 'dockerd' || program === 'containerd') return withTools(bare({ wants: ['daemon'] }), ['docker']);
  if (SERVICES.has(program) && rest.includes('docker') && rest.some((word) => /^(?:re)?start$/.test(word))) return withTools(bare({ wants: ['daemon'] }), ['docker']);
  if (ACCELERATED.test(program)) return bare({ wants: ['kvm'] });
  if ((words[at] ?? '').startsWith('/') && INITS.test(words[at] ?? '')) return bare({ wants: ['systemd'] });
  if (/\.sh$/.test(program) && at < 2) return bare({ wants: ['script'] });
  return /^\.{0,2}\//.test(words[at] ?? '') ? bare({ wants: ['program'] }) : undefined;
}

function isMachineWord(words: readonly string[], at: number): boolean {
  const word = (words[at] as string).toLowerCase();
  return word === 'wsl' && (words[at + 1] ?? '').startsWith('-');
}

function bare(parts: Partial<Command>): Command {
  return { tools: [], wants: [], mounts: [], ...parts };
}

/** What a piece of a compose file beside `compose up` asks for, as in `volumes: ./:/app` and `network_mode: host`. */
function withFragment(command: Command, line: string): Command {
  if (!command.wants.includes('compose')) return command;
  const wants = [...command.wants];
  const mounts = [...command.mounts];
  if (/\bnetwork_mode:\s{0,9}["']?host\b/.test(line)) wants.push('host-network');
  for (const [, folder] of line.slice(0, 4_000).matchAll(/(?:volumes:|\s-)\s{0,9}["']?((?:[.~]{0,2}\/|[A-Za-z]:[\\/])[^\s:"']{0,300}):\//g)) addMount(folder, wants, mounts);
  return { ...command, wants: [...new Set(wants)], mounts };
}

function withTools(command: Command, tools: readonly string[]): Command {
  return { ...command, tools: [...tools, ...command.tools] };
}

/** `docker run`, `docker compose up`, `podman info` and their relatives. */
function clientCommand(program: string, args: readonly string[]): Command {
  const { options, words } = parted(args);
  const compose = program.endsWith('compose') || words[0] === 'compose';
  const [verb = '', ...rest] = words[0] === 'compose' || words[0] === 'container' || words[0] === 'image' || words[0] === 'buildx' ? words.slice(1) : words;
  const base = withOptions(options);
  if (compose) return { ...base, tools: ['docker-compose'], wants: [...base.wants, ...(/^(?:up|build|run)$/.test(verb) ? ['compose'] : []), ...(verb === 'build' ? ['build'] : [])] };
  if (verb === 'machine') return { ...base, wants: [...base.wants, 'engine'] };
  if (QUESTIONS.has(verb)) return { ...base, wants: [...base.wants, 'engine'] };
  if (verb === 'build' || verb === 'bud') return { ...base, wants: [...base.wants, 'build'] };
  if (!/^(?:run|pull|create|start|exec|push|load|import)$/.test(verb)) return base;
  const [image, ...command] = rest;
  const reference = image === undefined || /[<>$]/.test(image) ? undefined : referenceOf(image);
  return { ...base, ...(reference && verb !== 'exec' && verb !== 'start' ? { image: reference } : {}), wants: [...new Set([...base.wants, ...wantsOf(command)])] };
}

/** `limactl start`, `docker-machine create`, `wsl --install` and their relatives. */
function machineCommand(program: string, args: readonly string[]): Command {
  const { options, words } = parted(args, true);
  const base = withOptions(options);
  const value = (name: string): string | undefined => options.find(([option]) => option === name)?.[1];
  const arch = archOf(value('--arch') ?? '');
  const vmm = value('--vm-type');
  const wsl = value('--set-default-version') ?? (words[0] === '--set-version' ? words[2] : undefined);
  const asks = program === 'docker-machine' && /^(?:env|ip|ls|status)$/.test(words[0] ?? '') ? ['engine'] : [];
  return {
    ...base,
    wants: [...base.wants, ...asks, ...(SETS_UP.has(words[0] ?? '') ? ['setup'] : []), ...(wsl === undefined ? [] : ['wsl-version'])],
    ...(program === 'colima' || program === 'docker-machine' || program === 'boot2docker' ? {} : { machine: true as const }),
    ...(arch === undefined ? {} : { arch }),
    ...(vmm === undefined ? {} : { vmm: vmm.toLowerCase() }),
    ...(wsl === undefined ? {} : { wsl }),
  };
}

type Option = readonly [name: string, value: string | undefined];

/** Options with their values, up to the image unless they may stand anywhere; and the words that are no options. */
function parted(args: readonly string[], anywhere = false): { readonly options: readonly Option[]; readonly words: readonly string[] } {
  const options: Option[] = [];
  const words: string[] = [];
  let verbs = 0;
  for (let i = 0; i < args.length; i += 1) {
    const word = args[i] as string;
    // Behind the image, everything belongs to the program in the container.
    if (!word.startsWith('-') || (verbs > 1 && !anywhere)) {
      words.push(word);
      if (!VERBS_BEFORE_IMAGE.has(word)) verbs += 1;
      if (verbs === 1 && !VERBS.has(word)) verbs = 2;
      continue;
    }
    const [name, joined] = split(word);
    if (joined !== undefined) options.push([name, joined]);
    else if (ALONE.has(word) || (args[i + 1] ?? '-').startsWith('-')) options.push([name, undefined]);
    else options.push([name, args[(i += 1)]]);
  }
  return { options, words };
}

const VERBS_BEFORE_IMAGE = new Set(['compose', 'container', 'image', 'buildx', 'machine', 'system']);
const VERBS = new Set(['run', 'pull', 'create', 'build', 'start', 'exec', 'up', 'push', 'bud', 'load', 'import', 'launch', 'info', 'version', 'ps', 'images', 'login', 'env', 'ls', 'add', 'down']);

function split(word: string): readonly [string, string | undefined] {
  const at = word.indexOf('=');
  if (at > 0) return [word.slice(0, at), word.slice(at + 1)];
  const short = /^-([vpe])(.+)$/.exec(word);
  return short ? [`-${short[1] as string}`, short[2]] : [word, undefined];
}

/** Verbs that make or start a machine: whoever types them has no engine yet. */
const SETS_UP = new Set(['create', 'init', 'up', 'start']);

/** What the options ask for. */
function withOptions(options: readonly Option[]): Command {
  const wants: string[] = [];
  const mounts: string[] = [];
  let platform: Command['platform'];
  let isolation: string | undefined;
  for (const [name, value = ''] of options) {
    if (name === '--platform') platform = platformOf(value) ?? (archOf(value) === undefined ? undefined : { os: 'linux', arch: archOf(value) as string });
    else if (name === '--arch') platform = archOf(value) === undefined ? undefined : { os: 'linux', arch: archOf(value) as string };
    else if (name === '--isolation') isolation = value.toLowerCase();
    else if (name === '-v' || name === '--volume') addMount(hostSideOf(value), wants, mounts);
    else if (name === '--mount') addMount(/(?:source|src)=([^,]{1,300})/.exec(value)?.[1], wants, mounts);
    else if (/^--net(?:work)?$/.test(name) && value === 'host') wants.push('host-network');
    else if (name === '--device' && value.includes('kvm')) wants.push('kvm');
    else if (name === '--systemd') wants.push('systemd');
    else if (name === '--userns' || name === '--uidmap') wants.push('userns');
    else if (name === '--entrypoint') wants.push(...wantsOf([value]), 'program');
    else if (name === '--build') wants.push('build');
    else if (/disk-?size|basesize/.test(`${name}=${value}`)) wants.push('disk');
  }
  return { tools: [], wants, mounts, ...(platform ? { platform } : {}), ...(isolation === undefined ? {} : { isolation }) };
}

/** Mounts that belong to the engine's own system, not to the reader's folders. */
const OF_THE_SYSTEM = /^\/(?:sys|proc|dev|var\/run|run|etc|var\/lib)(?:\/|$)/;

function addMount(path: string | undefined, wants: string[], mounts: string[]): void {
  if (path?.startsWith('/sys/fs/cgroup')) wants.push('systemd');
  if (path === undefined || OF_THE_SYSTEM.test(path)) return;
  wants.push('mount');
  mounts.push(path);
}

/** The host's folder in `-v HOST:CONTAINER`; undefined for a named volume. */
function hostSideOf(value: string): string | undefined {
  const drive = /^["']?([A-Za-z]:[\\/][^:]{0,300})(?::|$)/.exec(value);
  if (drive) return drive[1];
  const [side = ''] = value.replace(/^["']/, '').split(':', 1);
  return /^[/~.$%`\\]/.test(side) ? side.replace(/["']$/, '') : undefined;
}

/** What the program in the container asks for. */
function wantsOf(command: readonly string[]): readonly string[] {
  const [program = '', ...args] = command;
  if (program === '') return [];
  if (INITS.test(program)) return ['systemd'];
  const name = baseName(program);
  if (ACCELERATED.test(name)) return ['kvm'];
  if (name === 'unshare' || name === 'bwrap') return ['userns'];
  if (NETWORK_PROGRAMS.has(name) && !args.some(isLocal)) return ['network'];
  if (/\.sh$/.test(name)) return ['script'];
  return [];
}

function isLocal(word: string): boolean {
  return /^(?:https?:\/\/)?(?:localhost|127\.0\.0\.1|::1)(?:[:/]|$)/.test(word);
}

function baseName(program: string): string {
  return program.replace(/^.*[\\/]/, '').toLowerCase();
}

/** The words of a command line, quotes removed; at most 200. A quote that is never closed ends with the line. */
export function shellWords(line: string): readonly string[] {
  const words: string[] = [];
  for (const match of line.slice(0, 4_000).matchAll(/(?:[^\s"'`]|"[^"]*"?|'[^']*'?|`[^`]*`?)+/g)) {
    words.push(match[0].replaceAll(/["']/g, ''));
    if (words.length >= 200) break;
  }
  return words;
}
