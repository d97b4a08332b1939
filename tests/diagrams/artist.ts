/** One artist per test file: setting up the stage takes a second, drawing does not. */
import { createRequire } from 'node:module';
import { createArtist, type Artist } from '../../src/diagrams/draw.ts';
import { DiagramMistake } from '../../src/diagrams/mistake.ts';

const { resolve } = createRequire(import.meta.url);

export const FONTS = ['latin', 'latin-ext'].map((subset) => resolve(`@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-${subset}-wght-normal.woff2`));

let artist: Promise<Artist> | null = null;

export function theArtist(): Promise<Artist> {
  artist ??= createArtist(FONTS);
  return artist;
}

/** The mistake that drawing ends in. */
export async function mistakeOf(fence: string): Promise<DiagramMistake> {
  const outcome = await (await theArtist()).draw(fence).catch((error: unknown) => error);
  if (outcome instanceof DiagramMistake) return outcome;
  throw new Error(`Drawn without a mistake, or failed otherwise: ${JSON.stringify(outcome).slice(0, 200)} ${String(outcome)}`);
}
