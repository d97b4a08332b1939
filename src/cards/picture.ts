/** The picture on every social card: a cross-section with containers on the left and virtual machines on the right. It knows no text. */
import { readFileSync } from 'node:fs';

/** Pixels. The picture begins at `pictureTop`; what is above it is left to the text. */
export const CARD = { width: 1200, height: 630, pictureTop: 372 } as const;

const TOKENS = new URL('../styles/tokens.css', import.meta.url);

type Ink = Readonly<Record<string, string>>;

/** The light theme's colors by token name, from the stylesheet that the pages use. Throws when a token is missing. */
export function lightColors(css: string = readFileSync(TOKENS, 'utf8')): Ink {
  const pairs = [...css.matchAll(/--([\w-]+):\s*light-dark\((#[0-9a-f]{3,8}),/gi)].map((match) => [match[1], match[2]] as const);
  return new Proxy(Object.fromEntries(pairs), {
    get: (colors, name: string) => colors[name] ?? fail(`src/styles/tokens.css has no light-dark color --${name}, which the social cards use.`),
  });
}

function fail(message: string): never {
  throw new Error(message);
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Heights of the strata, from the ground up. */
const HARDWARE = { x: 0, y: 592, width: CARD.width, height: 38 };
const FIRMWARE = { x: 0, y: 576, width: CARD.width, height: 16 };
const KERNEL = { x: 0, y: 526, width: CARD.width, height: 50 };
const CONTAINERS: readonly Box[] = [0, 1, 2].map((i) => ({ x: 64 + i * 172, y: 420, width: 150, height: 100 }));
const HYPERVISOR = { x: 640, y: 500, width: 496, height: 22 };
const MACHINES: readonly Box[] = [0, 1].map((i) => ({ x: 640 + i * 256, y: 378, width: 240, height: 116 }));

/** The card without its text, as SVG. */
export function pictureSvg(ink: Ink): string {
  const layer = (box: Box, name: string, texture: string | null) => rect(box, ink[name] ?? '') + (texture ? rect(box, `url(#${texture})`) : '');
  const container = (box: Box) => [
    layer({ x: box.x + 9, y: box.y + 9, width: box.width - 18, height: 40 }, 'ap', null),
    layer({ x: box.x + 9, y: box.y + 51, width: box.width - 18, height: 40 }, 'ul', 'lines'),
    `<rect x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" rx="9" fill="none" stroke="${ink['kn-ink']}" stroke-width="3" stroke-dasharray="10 7"/>`,
  ];
  const machine = (box: Box) => [
    layer({ x: box.x + 11, y: box.y + 11, width: box.width - 22, height: 30 }, 'ap', null),
    layer({ x: box.x + 11, y: box.y + 43, width: box.width - 22, height: 30 }, 'ul', 'lines'),
    layer({ x: box.x + 11, y: box.y + 75, width: box.width - 22, height: 30 }, 'kn', 'brick'),
    `<path d="M${box.x + 11} ${box.y + 75}h${box.width - 22}" stroke="${ink['kn-ink']}" stroke-width="2.5"/>`,
    `<rect x="${box.x + 2}" y="${box.y + 2}" width="${box.width - 4}" height="${box.height - 4}" rx="7" fill="none" stroke="${ink['hw-ink']}" stroke-width="5"/>`,
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${CARD.width}" height="${CARD.height}">`,
    textures(ink),
    rect({ x: 0, y: 0, width: CARD.width, height: CARD.height }, ink['paper'] ?? ''),
    layer(HARDWARE, 'hw', 'hatch'),
    layer(FIRMWARE, 'fw', 'dots'),
    layer(KERNEL, 'kn', 'brick'),
    `<path d="M0 ${KERNEL.y}H${CARD.width}" stroke="${ink['kn-ink']}" stroke-width="3"/>`,
    layer(HYPERVISOR, 'hv', 'cross'),
    ...CONTAINERS.flatMap(container),
    ...MACHINES.flatMap(machine),
    '</svg>',
  ].join('');
}

/** The site's mark: the ground, a kernel, and two stacks on it. */
export function markSvg(ink: Ink): string {
  const bars = [[2, 24, 28, 'hw'], [2, 16.5, 28, 'kn'], [2, 9, 12, 'ul'], [18, 9, 12, 'ul'], [2, 1.5, 12, 'ap'], [18, 1.5, 12, 'ap']] as const;
  const drawn = bars.map(([x, y, width, name]) => rect({ x, y, width, height: 6 }, ink[`${name}-ink`] ?? ''));
  return `<g transform="translate(62 52) scale(1.3)">${drawn.join('')}</g>`;
}

/** One texture a layer, the same as on the site. */
function textures(ink: Ink): string {
  const pattern = (id: string, width: number, height: number, content: string) =>
    `<pattern id="${id}" width="${width}" height="${height}" patternUnits="userSpaceOnUse">${content}</pattern>`;
  const line = (d: string, name: string, opacity: number) => `<path d="${d}" stroke="${ink[name]}" stroke-width="1.2" opacity="${opacity}" fill="none"/>`;
  return [
    '<defs>',
    pattern('hatch', 11, 11, line('M-1 12 12-1M-1 1 1-1M10 12l2-2', 'hw-ink', 0.5)),
    pattern('dots', 10, 8, `<circle cx="3" cy="4" r="1.3" fill="${ink['fw-ink']}" opacity="0.55"/>`),
    pattern('brick', 26, 16, line('M0 .6h26M0 8.6h26M6.5 0v8M19.5 8v8', 'kn-ink', 0.32)),
    pattern('cross', 13, 13, line('m0 0 13 13M13 0 0 13', 'hv-ink', 0.38)),
    pattern('lines', 8, 8, line('M0 .6h8', 'ul-ink', 0.36)),
    '</defs>',
  ].join('');
}

function rect({ x, y, width, height }: Box, fill: string): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}"/>`;
}
