/**
 * Finds a Chromium to drive, or obtains one. It knows where browsers live and how to make each start; it refuses to skip:
 * when none can be had, the error lists what was tried and what to do.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type BrowserServer, type LaunchOptions } from 'playwright-core';
import ownPackage from '../../package.json' with { type: 'json' };

/** The pages use `light-dark()`, which Chrome understands since version 123. */
const OLDEST_CHROME = 123;

/** Keeps the browser from talking to its maker while pages are under test. */
const QUIET = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const CACHE = resolve(import.meta.dirname, '../../.cache/chromium');

interface Candidate {
  readonly name: string;
  /** Options that start it, or null when it is not there. Throws when it is wanted but cannot be had. */
  readonly find: () => LaunchOptions | null;
}

/** In the order in which they are tried: the reader's choice, what the machine has, what the lock pins, what can be downloaded. */
const CANDIDATES: readonly Candidate[] = [
  ...systemPlaces().map((path) => ({ name: path, find: () => systemBrowser(path) })),
  { name: '@sparticuz/chromium (installed by npm)', find: packagedBrowser },
  { name: "Playwright's download", find: downloadedBrowser },
];

/**
 * Starts the first browser that works, as a server that several test files can connect to. `CHROME_PATH` names one to use
 * and no other; `LAYERLAB_IGNORE_SYSTEM_CHROME=1` passes over what the machine has. Throws an Error that says what was tried.
 */
export async function launchChrome(): Promise<{ readonly server: BrowserServer; readonly name: string }> {
  const chosen = process.env['CHROME_PATH'];
  const candidates = chosen ? [{ name: `CHROME_PATH=${chosen}`, find: () => ({ executablePath: chosen }) }] : CANDIDATES;
  const failures: string[] = [];
  for (const { name, find } of candidates) {
    try {
      const options = find();
      if (options) return { server: await start(options), name };
    } catch (error) {
      failures.push(`  ${name}: ${firstLines(error)}`);
    }
  }
  throw new Error(whatToDo(failures));
}

async function start(options: LaunchOptions): Promise<BrowserServer> {
  const launch = { ...options, args: [...QUIET, ...(options.args ?? [])], timeout: 60_000 };
  const server = await chromium.launchServer(launch);
  try {
    const browser = await chromium.connect(server.wsEndpoint());
    const version = browser.version();
    await browser.close();
    if (Number.parseInt(version, 10) < OLDEST_CHROME) throw new Error(`it is version ${version}; ${OLDEST_CHROME} or newer is needed`);
    return server;
  } catch (error) {
    await server.close();
    throw error;
  }
}

function systemBrowser(path: string): LaunchOptions | null {
  if (process.env['LAYERLAB_IGNORE_SYSTEM_CHROME'] === '1' || !existsSync(path)) return null;
  return { executablePath: path };
}

/** The usual places of Chrome, Chromium and Edge on this operating system. */
function systemPlaces(): readonly string[] {
  if (process.platform === 'darwin') {
    const apps = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
    const roots = ['/Applications', join(process.env['HOME'] ?? '', 'Applications')];
    return roots.flatMap((root) => apps.map((app) => join(root, `${app}.app`, 'Contents', 'MacOS', app)));
  }
  if (process.platform === 'win32') {
    const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => process.env[name] ?? []);
    const programs = ['Google\\Chrome\\Application\\chrome.exe', 'Chromium\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'];
    return programs.flatMap((program) => roots.map((root) => join(root, program)));
  }
  const names = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'microsoft-edge-stable', 'microsoft-edge'];
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/**
 * The Chromium inside @sparticuz/chromium (Linux on x64 only), unpacked once into .cache. It brings the shared libraries
 * that a bare Debian lacks, and unpacks them only where it believes to run on Amazon Linux 2023.
 */
function packagedBrowser(): LaunchOptions | null {
  if (process.platform !== 'linux' || process.arch !== 'x64') return null;
  const home = join(CACHE, ownPackage.devDependencies['@sparticuz/chromium']);
  if (!existsSync(home)) unpackInto(home);
  return {
    executablePath: join(home, 'chromium'),
    args: ['--headless=shell', '--no-zygote'],
    env: { ...process.env, LD_LIBRARY_PATH: join(home, 'al2023', 'lib'), FONTCONFIG_PATH: join(home, 'fonts') },
  };
}

/** Unpacks beside the final place and renames, so that an interrupted run leaves nothing half done. */
function unpackInto(home: string): void {
  const partial = `${home}.partial-${process.pid}`;
  mkdirSync(partial, { recursive: true });
  const code = "const { default: chromium } = await import('@sparticuz/chromium'); await chromium.executablePath();";
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: import.meta.dirname,
    env: { ...process.env, TMPDIR: partial, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' },
    encoding: 'utf8',
  });
  if (status !== 0) {
    rmSync(partial, { recursive: true, force: true });
    throw new Error(stderr.trim() || 'it could not be unpacked');
  }
  writeFileSync(join(partial, 'fonts', 'fonts.conf'), fontConfiguration(home));
  renameSync(partial, home);
}

/** The package's own file names folders of Amazon's machines only; text would not be drawn at all. */
function fontConfiguration(home: string): string {
  const folders = [join(home, 'fonts'), '/usr/share/fonts', '/usr/local/share/fonts'];
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
${folders.map((folder) => `  <dir>${folder}</dir>`).join('\n')}
  <cachedir>${join(home, 'fonts-cache')}</cachedir>
</fontconfig>
`;
}

/** Playwright's own headless shell, downloaded into its usual cache when it is not there yet. */
function downloadedBrowser(): LaunchOptions {
  const cli = fileURLToPath(new URL('cli.js', import.meta.resolve('playwright-core/package.json')));
  const { status, stderr } = spawnSync(process.execPath, [cli, 'install', 'chromium-headless-shell'], { encoding: 'utf8', timeout: 300_000 });
  if (status !== 0) throw new Error(`it could not be downloaded: ${stderr.trim()}`);
  return {};
}

function firstLines(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n').filter((line) => line.trim() !== '').slice(0, 3).join(' ');
}

function whatToDo(failures: readonly string[]): string {
  return [
    'The browser tests need a Chromium, and none could be started.',
    ...(failures.length > 0 ? ['Tried:', ...failures] : []),
    `Install Chrome, Chromium or Edge (version ${OLDEST_CHROME} or newer), or set CHROME_PATH to the program of one, and run the command again.`,
  ].join('\n');
}
