/**
 * LinuxLab with real machines in a real browser: what comes when, what is measured, what goes wrong. It has a browser of its own,
 * so that its memory and its tasks are its own, and plays one scene after the other.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type BrowserServer, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { DIST } from './built.ts';
import { launchChrome } from './chrome.ts';
import { longestTask, rendererMegabytes, TRACED } from './linux-lab.ts';

const PATH = 'playgrounds/LinuxLab/';
const KEPT = 'layerlab:linux-lab';
const manifest = JSON.parse(readFileSync(join(DIST, 'linux/manifest.json'), 'utf8')) as { readonly files: readonly { readonly name: string; readonly role: string }[] };
const KERNEL = manifest.files.find(({ role }) => role === 'kernel')?.name ?? '';

let server: BrowserServer;
let browser: Browser;
beforeAll(async () => {
  ({ server } = await launchChrome());
  browser = await chromium.connect(server.wsEndpoint());
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

/** The page’s script has taken over. */
const awake = (page: Page) => page.waitForFunction(() => document.querySelector('astro-island[ssr]') === null && document.querySelector('.pg-tools button:enabled') !== null);

interface Scene {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Exceptions and errors in the console. */
  readonly troubles: readonly string[];
  readonly requests: readonly string[];
}

async function scene(work: (scene: Scene) => Promise<void>, { before, query = '', ...options }: BrowserContextOptions & { readonly before?: (page: Page) => Promise<unknown>; readonly query?: string } = {}): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  const troubles: string[] = [];
  const requests: string[] = [];
  page.on('pageerror', ({ message }) => troubles.push(message));
  page.on('console', (message) => message.type() === 'error' && !message.text().startsWith('Failed to load resource') && troubles.push(message.text()));
  page.on('request', (request) => requests.push(request.url()));
  try {
    await before?.(page);
    await page.goto(new URL(PATH, inject('site')).href + query, { waitUntil: 'load' });
    if (options.javaScriptEnabled !== false) await awake(page);
    await work({ page, context, troubles, requests });
    expect(troubles).toEqual([]);
  } finally {
    await context.close();
  }
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const powered = (page: Page, name: string, power: string) => page.locator(`.lx-machine[aria-label="${name}"][data-power=${power}]`).waitFor({ timeout: 40_000 });
const said = (page: Page) => page.locator('.pg-say').innerText();
const alert = (page: Page) => page.locator('.lx-failure').innerText();
const terminal = (page: Page, name = 'Machine A') => page.getByLabel(`${name}, terminal`);

async function boot(page: Page, ...names: readonly string[]): Promise<void> {
  await button(page, /^Boot (a|two) real Linux/).click();
  for (const name of ['Machine A', ...names]) await powered(page, name, 'on');
}

/** What is folded away under a machine's terminal. */
async function more(page: Page, name: string, machine = 'Machine A'): Promise<void> {
  const fold = page.locator(`.lx-machine[aria-label="${machine}"] .lx-more`);
  await fold.evaluate((element) => { (element as HTMLDetailsElement).open = true; });
  await fold.getByRole('button', { name }).click();
}

/** What a machine has printed, from the transcript below its terminal. */
async function printed(page: Page, name = 'Machine A'): Promise<string> {
  const fold = page.locator(`.lx-machine[aria-label="${name}"] .lx-transcript`);
  await fold.evaluate((element) => { (element as HTMLDetailsElement).open = true; });
  await page.waitForTimeout(300);
  return fold.locator('pre').innerText();
}

async function prints(page: Page, text: string, name = 'Machine A'): Promise<void> {
  await expect.poll(() => printed(page, name), { timeout: 20_000 }).toContain(text);
}

async function line(page: Page, text: string, name = 'Machine A'): Promise<void> {
  const form = page.locator(`.lx-machine[aria-label="${name}"] form`);
  await form.locator('input').fill(text);
  await form.getByRole('button', { name: 'Send' }).click();
}

/** Presses Tab, or Shift and Tab, until the selected element has the focus. */
async function tabTo(page: Page, selector: string, key = 'Tab'): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} does not reach ${selector}.`);
}

describe('before the button is pressed', () => {
  test('nothing of the machines is asked for', async () => {
    await scene(async ({ page, requests }) => {
      expect(requests.filter((url) => /\/linux\/|worker|Live|xterm/.test(url))).toEqual([]);
      expect(page.workers()).toEqual([]);
      const scripts = await Promise.all(requests.filter((url) => url.endsWith('.js')).map(async (url) => (await page.request.get(url)).text()));
      expect(scripts.length).toBeGreaterThan(0);
      expect(scripts.filter((text) => /xterm|serial0-output-byte/.test(text))).toEqual([]);
      await page.locator('.pg-bar select').selectOption({ index: 2 });
      await page.getByLabel('Recorded session').fill('1');
      // The first machine has booted by then, the second has not.
      expect(await page.locator('.lx-paper').first().innerText()).toContain('is up after');
      expect(await page.locator('.lx-paper').nth(1).innerText()).toBe('');
      expect(requests.filter((url) => /\/linux\//.test(url))).toEqual([]);
    });
  });

  test('the recorded session is walked through command by command, and nothing else moves', async () => {
    await scene(async ({ page }) => {
      await page.locator('.pg-bar select').selectOption({ index: 10 });
      const [earlier, later] = [button(page, 'Earlier'), button(page, 'Later')];
      const walked = () => page.locator('.lx-scrub p').innerText();
      const layout = () => page.locator('.lx-recorded, .lx-recorded button, .lx-paper, .lx-results').evaluateAll((all) => all.map((each) => {
        const { top, left, height } = each.getBoundingClientRect();
        return [top + scrollY, left, height].map(Math.round);
      }));
      expect(await walked()).toMatch(/^6 of 6\s+Machine A: hostname/);
      expect(await later.getAttribute('aria-disabled')).toBe('true');
      const before = await layout();
      for (let at = 5; at > 0; at -= 1) {
        await earlier.click();
        expect(await walked()).toContain(`${at} of 6`);
        expect(await layout()).toEqual(before);
        expect(await page.locator('.lx-paper').innerText()).toMatch(/# $/);
      }
      expect(await earlier.getAttribute('aria-disabled')).toBe('true');
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Earlier');
      expect(await walked()).toContain('is up after');
      await later.click();
      expect(await page.getByLabel('Recorded session').inputValue()).toBe('2');
      // What has come is in view, and what has not is nowhere.
      const ends = await page.locator('.lx-paper').evaluate((paper) => [paper, paper.lastElementChild as Element].map((each) => each.getClientRects()[0]?.bottom ?? 0));
      expect(ends[1]).toBeLessThan(ends[0] ?? 0);
      expect(await page.locator('.lx-paper').innerText()).not.toContain('pivot_root');
      expect(await violations(page)).toEqual([]);
    }, { viewport: { width: 360, height: 740 } });
  });

  test('a browser without WebAssembly shows the recorded session and says why', async () => {
    await scene(async ({ page }) => {
      expect(await page.locator('.lx-offer').innerText()).toContain('no WebAssembly');
      expect(await button(page, /^Boot/).count()).toBe(0);
      expect(await page.locator('.lx-paper').first().innerText()).toContain('is up after');
    }, { before: (page) => page.addInitScript(() => { delete (globalThis as { WebAssembly?: unknown }).WebAssembly; }) });
  });

  test('so does one without JavaScript', async () => {
    await scene(async ({ page }) => {
      expect(await page.locator('.lx-paper').first().innerText()).toContain('is up after');
      expect(await page.locator('.breakout > noscript p').first().boundingBox()).toMatchObject({ height: expect.any(Number) });
      expect(await page.locator('.lx-all details').count()).toBe(await page.locator('.pg-bar option').count());
      await page.locator('.lx-all summary').last().click();
      expect(await page.locator('.lx-all details').last().innerText()).toContain('pivot_root');
      expect(await page.locator('.pg :is(button, input, select):enabled').count()).toBe(0);
    }, { javaScriptEnabled: false });
  });
});

test('a machine boots, is typed on, measured, powered off; and boots again without the network', async () => {
  await scene(async ({ page, context, requests }) => {
    await boot(page);
    await expect.poll(() => said(page)).toContain('Measured: Power on to prompt:');
    expect(requests.filter((url) => url.includes('/linux/')).map((url) => new URL(url).pathname.split('/').at(-1)).sort()).toEqual(manifest.files.filter(({ role }) => role !== 'scripts').map(({ name }) => name).sort());
    expect(await button(page, 'Type it').count()).toBe(0);
    expect(await page.locator('.lx-check').innerText()).toContain('a kernel needs only seconds');
    await line(page, 'uname -a');
    await prints(page, 'Linux host 6.');
    // Each letter types: a terminal is no form.
    await terminal(page).pressSequentially('echo $((6*7))x\n');
    await prints(page, '42x');
    expect(page.workers()).toHaveLength(1);
    await button(page, 'Power off').click();
    await expect.poll(() => page.workers().length).toBe(0);
    await context.setOffline(true);
    await button(page, 'Boot machine A').click();
    await powered(page, 'Machine A', 'on');
    await prints(page, 'is up after');
    expect(page.workers()[0]?.url()).toMatch(/^blob:/);
  });
});

test('a booting machine is not started twice, and can be switched off', async () => {
  await scene(async ({ page }) => {
    await button(page, /^Boot a real Linux/).click();
    await powered(page, 'Machine A', 'booting');
    const again = button(page, 'Boot machine A');
    expect(await again.getAttribute('aria-disabled')).toBe('true');
    await again.click({ force: true });
    await button(page, 'Power off').click();
    await powered(page, 'Machine A', 'off');
    expect(await page.locator('.lx-failure').count()).toBe(0);
    await expect.poll(() => page.workers().length).toBe(0);
    await button(page, 'Boot machine A').click();
    await powered(page, 'Machine A', 'on');
  });
});

test('an experiment is done by keyboard alone: into the terminal, out by Tab, result noted and said', async () => {
  await scene(async ({ page }) => {
    await tabTo(page, '.lx-offer button');
    await page.keyboard.press('Enter');
    await powered(page, 'Machine A', 'on');
    // The reader's focus has followed the button that was pressed.
    await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Machine A, terminal');
    expect(await page.locator('.lx-leave').first().innerText()).toMatch(/^Tab leaves the terminal\./);
    await expect.poll(() => said(page)).toContain('Measured:');
    await page.locator('.pg-bar button', { hasText: 'Next' }).evaluate((element) => { element.id = 'to-next'; });
    await tabTo(page, '#to-next', 'Shift+Tab');
    await page.keyboard.press('Enter');
    expect(await said(page)).toContain('Start a container on machine A');
    await tabTo(page, '.xterm-helper-textarea');
    await page.keyboard.type('box run c1 tiny echo hello\n');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Type step 1 of 1');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.matches('.lx-line input'))).toBe(true);
    await expect.poll(() => said(page), { timeout: 30_000 }).toMatch(/Measured: Start to end of an empty command, median of 5: \d+(?:\.\d+)? (?:ms|s); The boot of this machine took so many times as long: \d+/);
    for (let i = 0; i < 3; i += 1) await page.keyboard.press('Shift+Tab');
    expect(await page.evaluate(() => document.activeElement?.matches('.xterm-helper-textarea'))).toBe(false);
  });
});

test('on a phone the machine stands where the button was, and takes its steps one after the other without the page moving', async () => {
  await scene(async ({ page }) => {
    await page.locator('.pg-bar select').selectOption({ index: 10 });
    const boots = button(page, /^Boot a real Linux/);
    // The button at the lower edge of the window: the worst place to see what comes below it.
    await boots.evaluate((element) => scrollBy({ top: element.getBoundingClientRect().bottom - innerHeight, behavior: 'instant' }));
    const scrolled = () => page.evaluate(() => Math.round(scrollY));
    const start = await scrolled();
    await boots.click();
    await powered(page, 'Machine A', 'booting');
    expect(await page.locator('.lx-panel h3').innerText()).toMatch(/^Machine A booting, \d+ s$/);
    const { bottom = 0 } = await page.locator('.lx-panel h3').evaluate((element) => element.getBoundingClientRect().toJSON() as DOMRect);
    expect(bottom).toBeLessThan(740);
    expect(await scrolled()).toBe(start);
    await powered(page, 'Machine A', 'on');
    await prints(page, 'host:~#');
    await button(page, 'Type it, step 1').click();
    const next = (step: number) => button(page, `Type step ${step} of 5`);
    await next(2).waitFor();
    await page.waitForTimeout(1000);
    const inView = () => page.locator('.lx-next').evaluate((element) => element.getBoundingClientRect().bottom <= innerHeight && (document.querySelector('.lx-terminal')?.getBoundingClientRect().top ?? -1) >= 0);
    expect(await inView()).toBe(true);
    expect(await page.locator('.lx-next').innerText()).toContain('A layer of its own over the image.');
    const place = () => page.locator('.lx-next').evaluate((element) => Math.round(element.getBoundingClientRect().top));
    const at = await place();
    for (let step = 2; step <= 5; step += 1) {
      await next(step).focus();
      await page.keyboard.press('Enter');
      await page.waitForFunction((typed) => document.querySelector('.lx-next')?.textContent?.includes(typed), step < 5 ? `Type step ${step + 1} of 5` : 'stand');
      expect(await page.evaluate(() => document.activeElement?.closest('.lx-next')?.contains(document.activeElement))).toBe(true);
      expect(Math.abs((await place()) - at)).toBeLessThan(3);
      await page.waitForTimeout(800);
    }
    await expect.poll(() => said(page), { timeout: 20_000 }).toContain('Measured: Its host name: hand');
    expect(await page.locator('.lx-next').innerText()).toBe('Done. What it means, and the results, stand below.');
    // The order in the page is the order on it: steps, machine, verdict, results.
    const tops = await page.locator('.lx-task, .lx-live, .lx-check, .lx-results').evaluateAll((all) => all.map((each) => each.getBoundingClientRect().top));
    expect(tops).toEqual(tops.toSorted((a, b) => a - b));
    // Its own steps are to be typed again when the machine starts anew.
    await more(page, 'Reset');
    await next(1).waitFor();
  }, { viewport: { width: 360, height: 740 } });
});

test('where Tab completes words, Escape and Tab go on, Shift and Tab go back', async () => {
  await scene(async ({ page }) => {
    await boot(page);
    await page.locator('.lx-more').evaluate((element) => { (element as HTMLDetailsElement).open = true; });
    await page.getByLabel('Tab completes words').check();
    const isIn = (selector: string) => page.evaluate((wanted) => document.activeElement?.matches(wanted), selector);
    await terminal(page).focus();
    await page.keyboard.type('cat /etc/os-r');
    await page.keyboard.press('Tab');
    await prints(page, 'cat /etc/os-release');
    expect(await isIn('.xterm-helper-textarea')).toBe(true);
    await page.keyboard.press('Shift+Tab');
    expect(await isIn('.xterm-helper-textarea')).toBe(false);
    await terminal(page).focus();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    expect(await isIn('.lx-line input')).toBe(true);
    expect(await page.locator('.lx-next').count()).toBe(0);
    // Any other key takes the leave back.
    await terminal(page).focus();
    await page.keyboard.press('Escape');
    await page.keyboard.press('x');
    await page.keyboard.press('Tab');
    expect(await isIn('.xterm-helper-textarea')).toBe(true);
  });
});

test('a terminal that a program has blanked is cleared', async () => {
  await scene(async ({ page }) => {
    await boot(page);
    const rows = () => page.locator('.xterm-rows').innerText();
    await line(page, "printf '\\033[?1049h\\033[8m'");
    await expect.poll(rows).not.toContain('is up after');
    await more(page, 'Clear the terminal');
    await line(page, 'echo seen $((40+2))');
    await expect.poll(rows).toContain('seen 42');
    expect(await page.locator('.xterm-rows .xterm-dim, .xterm-rows span[style*=hidden]').count()).toBe(0);
  });
});

test('what a machine does is said', async () => {
  await scene(async ({ page }) => {
    await boot(page);
    const status = () => page.locator('.lx-live > [data-of=power]').innerText();
    expect(await status()).toMatch(/^Machine A: running, booted in [\d.]+ s\.$/);
    await line(page, 'poweroff -f');
    await powered(page, 'Machine A', 'halted');
    expect(await status()).toBe('Machine A: has halted.');
    await button(page, 'Power off').click();
    await expect.poll(status).toBe('Machine A: off.');
  });
});

test('what came of a line is said to those who cannot see the terminal, pasted lines stay apart, and Ctrl-V pastes', async () => {
  await scene(async ({ page }) => {
    await boot(page);
    const heard = () => page.locator('.lx-live > [role=status]:not([data-of])').innerText();
    await line(page, 'echo said $((40+2)); echo twice');
    await expect.poll(heard).toBe('said 42. twice');
    await line(page, 'true');
    await expect.poll(heard).toBe('Nothing was printed.');
    const clipboard = (text: string) => page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
    await clipboard('echo one\necho two\necho thr');
    await page.locator('.lx-line input').focus();
    await page.keyboard.press('Control+v');
    await page.keyboard.type('ee\n');
    await prints(page, 'host:~# echo three\nthree');
    expect(await printed(page)).toMatch(/# echo one\none\n.*# echo two\ntwo\n/);
    await clipboard('echo pasted');
    await terminal(page).focus();
    await page.keyboard.press('Control+v');
    await page.keyboard.press('Enter');
    await prints(page, '# echo pasted\npasted');
  }, { permissions: ['clipboard-read', 'clipboard-write'] });
});

test('starting over takes results away in a step that can be undone', async () => {
  await scene(async ({ page }) => {
    await boot(page);
    await expect.poll(() => said(page)).toContain('Measured:');
    await button(page, 'Start over').click();
    await expect.poll(() => page.locator('.lx-check').innerText()).toContain('All results are taken away. Undo brings them back.');
    expect(await page.locator('.lx-count').innerText()).toMatch(/^0 of \d+ done$/);
    await button(page, 'Undo').click();
    await expect.poll(() => said(page)).toContain('Measured:');
  });
});

test('a step waits for the machines of those before it; what is still open is named once something was typed', async () => {
  await scene(async ({ page }) => {
    await boot(page);
    await page.locator('.pg-bar select').selectOption({ label: '10. Panic' });
    await expect.poll(() => page.locator('.lx-off').innerText()).toContain('Machine B is off.');
    for (const step of [1, 2, 3]) expect(await button(page, `Type it, step ${step}`).getAttribute('aria-disabled')).toBe('true');
    expect(await page.locator('.lx-check p').innerText()).not.toContain('Still open');
    await line(page, 'box run -d witness tiny sleep 1000');
    await expect.poll(() => page.locator('.lx-check p').innerText(), { timeout: 20_000 }).toBe('Machine B is off. Boot it and start its witness before the panic, which ends everything on machine A.');
    await page.locator('.lx-off button').click();
    await powered(page, 'Machine B', 'on');
    await expect.poll(() => page.locator('.lx-check p').innerText(), { timeout: 20_000 }).toContain('Still open: a container called “witness” on machine B, alive; a panic on machine A, by a container with every right.');
  });
});

test('a reader who has gone elsewhere keeps the focus there', async () => {
  await scene(async ({ page }) => {
    await button(page, /^Boot a real Linux/).click();
    await page.locator('.pg-bar select').focus();
    await powered(page, 'Machine A', 'on');
    await page.waitForTimeout(300);
    expect(await page.evaluate(() => document.activeElement?.matches('.pg-bar select'))).toBe(true);
  });
});

test('a result that was taken back stays so until it is measured again', async () => {
  await scene(async ({ page }) => {
    await boot(page);
    await expect.poll(() => said(page)).toContain('Measured:');
    await button(page, 'Undo').click();
    await line(page, 'true');
    await page.waitForTimeout(2500);
    expect(await said(page)).not.toContain('Measured:');
    expect(await page.locator('.lx-check').innerText()).toContain('You took the result back.');
    await button(page, 'Measure again').click();
    await expect.poll(() => said(page)).toContain('Measured:');
    // Reset: what was measured stays in the notebook, and the next measurement is the new machine's.
    const before = await page.locator('.lx-results td').first().innerText();
    await more(page, 'Reset');
    await powered(page, 'Machine A', 'booting');
    await powered(page, 'Machine A', 'on');
    expect(await page.locator('.lx-results td').first().innerText()).toBe(before);
    await button(page, 'Measure again').click();
    await expect.poll(() => page.locator('.lx-panel h3').innerText()).toContain('booted in');
    const booted = Number(/booted in ([\d.]+) s/.exec(await page.locator('.lx-panel h3').innerText())?.[1]);
    await expect.poll(async () => Number.parseFloat((await page.locator('.lx-results td').first().innerText()).replace(/ ms$/, 'e-3'))).toBeCloseTo(booted, 1);
  });
});

test('two machines run side by side, for every reader and on a phone; one falls, one stays', async () => {
  await scene(async ({ page }) => {
    const experiment = page.locator('.pg-bar select');
    await experiment.selectOption({ index: 9 });
    await boot(page, 'Machine B');
    // A machine that is off says so at the steps, and is booted from there.
    await page.locator('.lx-machine[aria-label="Machine B"]').getByRole('button', { name: 'Power off' }).click();
    expect(await page.locator('.lx-off').innerText()).toContain('Machine B is off. Nothing can be typed there.');
    expect(await button(page, 'Type it').first().getAttribute('aria-disabled')).toBe('true');
    await expect.poll(() => page.locator('.lx-check').innerText(), { timeout: 20_000 }).toContain('Machine B is off. Boot it and start its witness before the panic');
    await page.locator('.lx-off button').click();
    await powered(page, 'Machine B', 'on');
    expect(await page.locator('.lx-off').count()).toBe(0);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await violations(page)).toEqual([]);
    }
    for (const width of [1280, 768, 360, 320]) {
      await page.setViewportSize({ width, height: 800 });
      await page.waitForTimeout(150);
      expect({ width, over: await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth) }).toEqual({ width, over: 0 });
    }
    await page.setViewportSize({ width: 1280, height: 900 });
    const levels = () => page.locator('.lx-machine').evaluateAll((all) => all.map((machine) => ['.lx-panel', '.lx-terminal', '.lx-line', '.lx-more', '.lx-transcript'].map((part) => Math.round((machine.querySelector(part)?.getBoundingClientRect().top ?? -1) + scrollY))));
    const together = async () => {
      const [a, b] = await levels();
      expect(a).toEqual(b);
      return a?.slice(0, 2);
    };
    const before = await together();
    // The next step's button goes from machine to machine; who pressed it stays where it was.
    await page.locator('.lx-machine[aria-label="Machine B"]').getByRole('button', { name: 'Type step 1 of 3' }).press('Enter');
    await page.locator('.lx-machine[aria-label="Machine A"]').getByRole('button', { name: 'Type step 2 of 3' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Step 2 of 3 is for machine A.');
    await button(page, 'Type step 2 of 3').press('Enter');
    await button(page, 'Type step 3 of 3').waitFor();
    expect(await together()).toEqual(before);
    await expect.poll(() => page.locator('.lx-check').innerText(), { timeout: 20_000 }).toContain('Not done yet.');
    await page.waitForTimeout(1500);
    await line(page, "box run --privileged evil tiny sh -c 'echo c > /proc/sysrq-trigger'");
    await powered(page, 'Machine A', 'panicked');
    await expect.poll(() => said(page), { timeout: 20_000 }).toContain('Containers seen running on machine A: 1; Machine A answers: no; Container on machine B: alive');
    expect(await printed(page)).toContain('end Kernel panic');
    expect(await page.locator('.lx-panic').innerText()).toBe('Kernel panic - not syncing: sysrq triggered crash');
    await together();
    expect(await violations(page)).toEqual([]);
    await page.locator('.lx-off').getByRole('button', { name: 'Reset machine A' }).click();
    await powered(page, 'Machine A', 'on');
    await prints(page, 'is up after');
    expect(await printed(page)).not.toContain('Kernel panic');
  });
});

async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run('.pg', { resultTypes: ['violations'] }));
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary?.replace(/\s+/g, ' ')}`));
}

test('a machine is put back to its snapshot, and does not run while nobody sees it', async () => {
  await scene(async ({ page }) => {
    await boot(page);
    await line(page, 'word=kept');
    await page.waitForTimeout(800);
    await more(page, 'Snapshot');
    await expect.poll(() => page.locator('.lx-check').innerText()).toContain('is kept in this tab');
    await line(page, 'word=lost');
    await line(page, 'while :; do echo tick; done');
    await prints(page, 'tick');
    const show = (isHidden: boolean) => page.evaluate((hidden) => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
      document.dispatchEvent(new Event('visibilitychange'));
    }, isHidden);
    const ticks = () => page.evaluate(() => (window as unknown as { ticked: number }).ticked);
    await page.evaluate(() => {
      const counted = window as unknown as { ticked: number };
      counted.ticked = 0;
      new MutationObserver(() => { counted.ticked += 1; }).observe(document.querySelector('.lx-transcript pre') as Element, { characterData: true, childList: true, subtree: true });
    });
    await expect.poll(ticks).toBeGreaterThan(1);
    await show(true);
    await page.waitForTimeout(600);
    const stopped = await ticks();
    await page.waitForTimeout(900);
    expect(await ticks()).toBe(stopped);
    await show(false);
    await expect.poll(ticks).toBeGreaterThan(stopped);
    await more(page, 'Put back');
    await prints(page, '[put back to the snapshot]');
    await line(page, 'echo "word is $word"');
    await prints(page, 'word is kept');
  });
});

test('on a phone a long line is broken where the terminal ends, and can be taken back', async () => {
  await scene(async ({ page }) => {
    await boot(page);
    await terminal(page).focus();
    const long = `echo ${'long '.repeat(20)}`;
    await page.keyboard.type(long);
    const rows = async () => (await page.locator('.xterm-rows > div').allInnerTexts()).map((text) => text.replaceAll('\u00a0', ' ').trimEnd()).filter((text) => text !== '');
    await expect.poll(async () => (await rows()).slice(-4).join('').replaceAll(' ', ''), { timeout: 10_000 }).toContain(`host:~#${long.replaceAll(' ', '')}`);
    await page.keyboard.press('Control+u');
    await expect.poll(async () => (await rows()).at(-1), { timeout: 10_000 }).toBe('host:~#');
  }, { viewport: { width: 360, height: 800 } });
});

test('on a phone 36 columns and 16 rows of readable letters fit, a line has room, and results are blocks instead of a table that is cut', async () => {
  await scene(async ({ page }) => {
    await boot(page);
    expect(await page.locator('.lx-results').evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
    const size = async (name: string) => {
      await line(page, `echo ${name} $(stty size)`);
      let found: RegExpExecArray | null = null;
      await expect.poll(async () => (found = new RegExp(`${name} (\\d+) (\\d+)\n`).exec(await printed(page)))).not.toBeNull();
      expect(Number(found?.[1])).toBeGreaterThanOrEqual(16);
      return Number(found?.[2]);
    };
    const narrow = await size('narrow');
    expect(narrow).toBeGreaterThanOrEqual(36);
    const letters = await page.locator('.xterm-rows').evaluate((rows) => ({ px: Number.parseFloat(getComputedStyle(rows).fontSize), row: rows.firstElementChild?.getBoundingClientRect().height ?? 0 }));
    expect(letters.px).toBeGreaterThanOrEqual(12);
    expect(letters.row).toBeGreaterThanOrEqual(16);
    expect(await page.locator('.lx-line').evaluate((form) => (form.querySelector('input')?.clientWidth ?? 0) / form.clientWidth)).toBeGreaterThan(0.9);
    // A phone that is turned gives more room, and the machine hears of it.
    await page.setViewportSize({ width: 800, height: 360 });
    await page.waitForTimeout(600);
    expect(await size('wide')).toBeGreaterThan(narrow + 20);
  }, { viewport: { width: 360, height: 800 } });
});

test('on a phone the commands of its lesson are broken where they would be cut, and output keeps its columns', async () => {
  await scene(async ({ page }) => {
    await page.goto(new URL('lessons/build-a-container-by-hand/', inject('site')).href, { waitUntil: 'load' });
    const lines = await page.locator('pre[data-language=console] .line').evaluateAll((all) => all.map((each) => ({ text: each.textContent, cut: each.getBoundingClientRect().right > (each.closest('pre')?.getBoundingClientRect().right ?? 0), rows: each.getClientRects().length })));
    const isCommand = ({ text }: { readonly text: string | null }) => /^(?:\w+:\S*)?[#$] |^> /.test(text ?? '');
    expect(lines.filter(isCommand).length).toBeGreaterThan(10);
    expect(lines.filter((each) => isCommand(each) && each.cut)).toEqual([]);
    expect(lines.some((each) => !isCommand(each) && each.cut)).toBe(true);
  }, { viewport: { width: 360, height: 740 } });
});

test('on paper there are no controls and no black boxes, but what was printed', async () => {
  await scene(async ({ page }) => {
    await boot(page);
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.pg :is(button, input, select, .xterm, .pg-table)').evaluateAll((all) => all.filter((each) => (each as HTMLElement).checkVisibility()).map((each) => each.outerHTML))).toEqual([]);
    expect(await page.locator('.lx-transcript pre').innerText()).toContain('is up after');
  });
});

describe('when something goes wrong', () => {
  test('a failed download is told, and another try boots', async () => {
    await scene(async ({ page, context }) => {
      await context.route(`**/linux/${KERNEL}*`, (route) => route.abort());
      await button(page, /^Boot a real Linux/).click();
      await expect.poll(() => page.locator('.lx-failure').count()).toBe(1);
      expect(await alert(page)).toContain(`${KERNEL} could not be fetched. Look at your connection and try again.`);
      await context.unroute(`**/linux/${KERNEL}*`);
      await button(page, 'Try again').click();
      await powered(page, 'Machine A', 'on');
      expect(await page.locator('.lx-failure').count()).toBe(0);
    });
  });

  test('so is an image that was cut short, and the way back', async () => {
    await scene(async ({ page, context }) => {
      await context.route(`**/linux/${KERNEL}*`, async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, body: (await response.body()).subarray(0, 200_000) });
      });
      await button(page, /^Boot a real Linux/).click();
      await expect.poll(() => page.locator('.lx-failure').count()).toBe(1);
      expect(await alert(page)).toContain(`${KERNEL} arrived damaged: 200,000 bytes came`);
      await button(page, 'Back to the recorded session').click();
      expect(await page.locator('.lx-paper').count()).toBe(1);
      expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Boot a real Linux');
      await expect.poll(() => page.workers().length).toBe(0);
      await context.unroute(`**/linux/${KERNEL}*`);
      await boot(page);
    });
  });

  test('loading can be canceled', async () => {
    await scene(async ({ page, context }) => {
      let release = () => {};
      const held = new Promise<void>((resolve) => { release = resolve; });
      await context.route(`**/linux/${KERNEL}*`, async (route) => {
        await held;
        await route.continue().catch(() => {});
      });
      await button(page, /^Boot a real Linux/).click();
      await page.locator('.lx-loading progress').waitFor();
      await button(page, 'Cancel').click();
      await expect.poll(() => page.workers().length).toBe(0);
      expect(await page.locator('.lx-failure').count()).toBe(0);
      expect(await page.locator('.lx-paper').count()).toBe(1);
      release();
      await context.unroute(`**/linux/${KERNEL}*`);
      await boot(page);
    });
  });

  test('a download that stands still is told', async () => {
    await scene(async ({ page, context }) => {
      await context.route(`**/linux/${KERNEL}*`, () => {});
      await button(page, /^Boot a real Linux/).click();
      await expect.poll(() => page.locator('.lx-loading').innerText(), { timeout: 20_000 }).toContain('Nothing has come for 10 seconds.');
      await button(page, 'Cancel').click();
      expect(await page.locator('.lx-paper').count()).toBe(1);
    });
  });

  test('a script that cannot be had is told beside the button', async () => {
    await scene(async ({ page, context }) => {
      await context.route('**/_astro/Live*', (route) => route.abort());
      await button(page, /^Boot a real Linux/).click();
      await expect.poll(() => page.locator('.lx-offer [role=alert]').innerText()).toContain('could not be loaded');
    });
  });
});

test('hostile input and output leave the page alive', async () => {
  await scene(async ({ page }) => {
    await boot(page);
    await terminal(page).focus();
    await page.evaluate(() => {
      const area = document.querySelector('.xterm-helper-textarea') as HTMLTextAreaElement;
      const paste = (text: string) => {
        const data = new DataTransfer();
        data.setData('text/plain', text);
        area.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
      };
      const all = Array.from({ length: 256 }, (_, i) => String.fromCharCode(i)).join('');
      paste(all.repeat(4));
      paste('\u001b]0;title\u0007\u001b[999;999H\u001b[31m\u001bP\u001bc\u001b[?1049h');
      paste('x'.repeat(100_000));
    });
    await page.keyboard.press('Control+c');
    await page.waitForTimeout(1000);
    await page.keyboard.press('Control+c');
    await line(page, "printf '\\033]0;evil\\007\\033[8;9999;9999t\\033]8;;https://example.org\\033\\\\link\\033]8;;\\033\\\\\\033[6n\\033[c\\n'; head -c 20000 /dev/urandom; printf '\\033c'");
    await page.waitForTimeout(1500);
    const begin = Date.now();
    await button(page, 'Ctrl-C').click();
    await more(page, 'Reset');
    await powered(page, 'Machine A', 'booting');
    await powered(page, 'Machine A', 'on');
    expect(Date.now() - begin).toBeLessThan(30_000);
    await line(page, 'echo still $((1+1))');
    await prints(page, 'still 2');
    expect(await page.title()).toContain('LinuxLab');
  });
});

describe('results', () => {
  test('come back from a link', async () => {
    await scene(async ({ page, context }) => {
      await boot(page);
      await expect.poll(() => said(page)).toContain('Measured:');
      await button(page, 'Copy link').click();
      await page.waitForFunction(() => location.search !== '');
      const text = await said(page);
      const other = await context.newPage();
      await other.goto(page.url(), { waitUntil: 'load' });
      await awake(other);
      expect(await said(other)).toBe(`${text} Not measured in this visit, but from a link.`);
      expect(await other.locator('.lx-count').innerText()).toMatch(/^0 of \d+ done in this visit, 1 from a link$/);
      expect(await other.locator('.lx-results td').first().innerText()).toMatch(/^[\d.]+ m?s\s+from a link$/);
      expect(await other.locator('.lx-keep').count()).toBe(0);
      expect(await other.locator('.lx-live').count()).toBe(0);
      // Its own machine is measured anew.
      await boot(other);
      await expect.poll(() => said(other)).not.toContain('from a link');
      expect(await other.locator('.lx-count').innerText()).toMatch(/^1 of \d+ done$/);
    });
  });

  test('are kept when the reader asks, come back on the next visit, and are forgotten', async () => {
    await scene(async ({ page }) => {
      await boot(page);
      await expect.poll(() => said(page)).toContain('Measured:');
      const text = await said(page);
      expect(await page.evaluate((key) => localStorage.getItem(key), KEPT)).toBeNull();
      await button(page, 'Keep these results in this browser').click();
      expect(await page.locator('.lx-keep').innerText()).toMatch(/Kept in this browser on \d{4}-\d\d-\d\d, where BootRace shows it as your tab\./);
      await page.reload({ waitUntil: 'load' });
      await awake(page);
      await expect.poll(() => said(page)).toMatch(/Measured: .* Not measured in this visit, but kept on \d{4}-\d\d-\d\d\.$/);
      expect(await said(page)).toContain(text);
      expect(await page.locator('.lx-count').innerText()).toMatch(/^0 of \d+ done in this visit, 1 before$/);
      await button(page, 'Forget them').click();
      expect(await page.evaluate((key) => localStorage.getItem(key), KEPT)).toBeNull();
      await page.reload({ waitUntil: 'load' });
      await awake(page);
      expect(await said(page)).not.toContain('Measured:');
      expect(await page.locator('.lx-keep').count()).toBe(0);
    });
  });

  test.each([
    ['damaged', '{"version":1,"date":"2026'],
    ['hostile', JSON.stringify({ version: 1, date: '2026-01-01', results: { boot: { kernel: '<img src=x onerror=window.hit=1>' } } })],
    ['of experiments that there are not', JSON.stringify({ version: 1, date: '2026-01-01', results: { constructor: { boot: 1 }, boot: { gone: 1 } } })],
  ])('that were kept and are %s change nothing', async (_, text) => {
    await scene(async ({ page }) => {
      await page.waitForTimeout(300);
      expect(await said(page)).not.toContain('Measured:');
      expect(await page.locator('.pg img').count()).toBe(0);
      expect(await page.evaluate(() => 'hit' in window)).toBe(false);
    }, { before: (page) => page.addInitScript(([key, value]) => localStorage.setItem(key as string, value as string), [KEPT, text]) });
  });

  test('that were kept give way to a link', async () => {
    await scene(async ({ page }) => {
      await page.waitForTimeout(300);
      expect(await page.locator('.pg [role=alert]').innerText()).toContain('damaged');
      expect(await said(page)).not.toContain('Measured:');
    }, { query: '?LinuxLab-1=x', before: (page) => page.addInitScript(([key, value]) => localStorage.setItem(key as string, value as string), [KEPT, JSON.stringify({ version: 1, date: '2026-01-01', results: { boot: { boot: 1, kernel: 'x' } } })]) });
  });
});

test('two machines and their terminals take less than 400 MB, and give it back', async () => {
  await scene(async ({ page }) => {
    const session = await page.context().newCDPSession(page);
    const megabytes = async () => {
      await session.send('HeapProfiler.collectGarbage');
      return rendererMegabytes(browser);
    };
    const switchOff = async () => {
      for (const off of await button(page, 'Power off').all()) if ((await off.getAttribute('aria-disabled')) !== 'true') await off.click();
      await expect.poll(() => page.workers().length).toBe(0);
      await page.waitForTimeout(1000);
      return megabytes();
    };
    const before = await megabytes();
    await page.locator('.pg-bar select').selectOption({ index: 2 });
    await boot(page, 'Machine B');
    const running = await megabytes();
    expect(running - before).toBeGreaterThan(50);
    expect(running - before).toBeLessThan(400);
    const first = await switchOff();
    // The terminals and their script stay, for the next boot; the machines do not, and another round leaves nothing more behind.
    expect(running - first).toBeGreaterThan(30);
    await button(page, 'Boot both machines').click();
    await powered(page, 'Machine B', 'on');
    expect((await switchOff()) - first).toBeLessThan(20);
  });
});

test('no task of the page takes more than 50 ms while machines load and boot', async () => {
  await scene(async ({ page }) => {
    await page.locator('.pg-bar select').selectOption({ index: 2 });
    await browser.startTracing(page, { categories: TRACED });
    await boot(page, 'Machine B');
    const longest = longestTask(await browser.stopTracing());
    expect(longest).toBeGreaterThan(0);
    expect(longest).toBeLessThan(50);
  });
});
