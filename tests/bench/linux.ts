/** Real machines in a reader's tab: how long they take to boot and to start a container, and what they cost the page. */
import { chromium, type Browser, type Page } from 'playwright-core';
import { median } from '../../components/linux-lab/checks.ts';
import { DIST } from '../browser/built.ts';
import { launchChrome } from '../browser/chrome.ts';
import { longestTask, rendererMegabytes, TRACED } from '../browser/linux-lab.ts';
import { serveSite } from '../browser/serve.ts';
import type { Measured } from './figures.ts';

const MOST = { bootMs: 4000, containerMs: 400, megabytes: 400, taskMs: 50 } as const;
const TIMES = 3;

/** Measures the built site in dist/; the middle of three visits, each in a fresh profile. */
export async function measureLinux(): Promise<readonly Measured[]> {
  const site = await serveSite(DIST, '/');
  const { server } = await launchChrome();
  const browser = await chromium.connect(server.wsEndpoint());
  try {
    const visits: (readonly Measured[])[] = [];
    for (let i = 0; i < TIMES; i += 1) visits.push(await visit(browser, `${site.address}playgrounds/LinuxLab/`));
    return (visits[0] ?? []).map((first, i) => ({ ...first, value: median(visits.map((each) => each[i]?.value ?? NaN)) }));
  } finally {
    await browser.close();
    await server.close();
    await site.close();
  }
}

async function visit(browser: Browser, address: string): Promise<readonly Measured[]> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  try {
    await page.goto(address, { waitUntil: 'networkidle' });
    const before = await rendererMegabytes(browser);
    await page.locator('.pg-bar select').selectOption({ label: '3. One kernel or two' });
    await browser.startTracing(page, { categories: TRACED });
    await page.getByRole('button', { name: /^Boot two real Linux/ }).click();
    const bootA = await bootOf(page, 'A');
    const bootB = await bootOf(page, 'B');
    const task = longestTask(await browser.stopTracing());
    const megabytes = (await rendererMegabytes(browser)) - before;
    const group = `Machines in a tab (LinuxLab), the middle of ${TIMES} visits`;
    return [
      { group, name: 'machine A, power on to prompt', value: bootA, unit: 'ms', atMost: MOST.bootMs },
      { group, name: 'machine B, power on to prompt', value: bootB, unit: 'ms', atMost: MOST.bootMs },
      { group, name: 'container, start to end of an empty command, median of 5', value: await containerMs(page), unit: 'ms', atMost: MOST.containerMs },
      { group, name: 'longest task of the page, processor time', value: task, unit: 'ms', atMost: MOST.taskMs },
      { group, name: 'memory of two machines and their terminals', value: megabytes, unit: 'MB', atMost: MOST.megabytes },
    ];
  } finally {
    await context.close();
  }
}

/** Waits for a machine, and reads what the page itself says of its boot. */
async function bootOf(page: Page, name: string): Promise<number> {
  const machine = page.locator(`.lx-machine[aria-label="Machine ${name}"][data-power=on]`);
  await machine.waitFor({ timeout: 60_000 });
  return Number(/booted in ([\d.]+) s/.exec(await machine.locator('h3').innerText())?.[1]) * 1000;
}

/** Does the experiment that starts a container, and reads its result. */
async function containerMs(page: Page): Promise<number> {
  await page.locator('.pg-bar select').selectOption({ label: '2. Start a container' });
  await page.getByRole('button', { name: 'Type it' }).first().click();
  await page.locator('.pg-say', { hasText: 'Measured:' }).waitFor({ timeout: 60_000 });
  const [value = '', unit = ''] = (await page.locator('.lx-results td').first().innerText()).split(' ');
  return Number(value) * (unit === 's' ? 1000 : 1);
}
