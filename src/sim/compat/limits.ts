/**
 * The first limiting condition: of all that a chain asks for, what most likely stops this reader, or on what the answer hangs.
 * It ranks what the search has found and asks nothing new.
 */
import type { ErrorLayer } from '../decoder/layers.ts';
import type { Chain, Plan, Traced } from './plan.ts';
import type { Caveat } from './knowledge.ts';

/** One condition with the reason why it stands where it stands. */
export interface Limit {
  readonly layer: ErrorLayer;
  readonly risk: number;
  readonly finding?: Traced;
  readonly caveat?: Caveat;
}

export interface Hints {
  /** Layers that the reader has spoken of. */
  readonly mentions?: readonly ErrorLayer[];
  /** True when the engine evidently works: an image or a command is at hand. What the engine itself needs then counts less. */
  readonly engineWorks?: boolean;
  /** False when nothing tells the year, so that what a present version asks for need not have been asked then. */
  readonly isDated?: boolean;
}

const SPOKEN_OF = 0.3;
const ENGINE_WORKS = 0.4;
const UNDATED = 0.55;
/** Whoever runs images with a tool has a version of it that fits the system. */
const UNDATED_BUT_WORKS = 0.3;
const CAVEAT = 0.1;

/** Chains whose best answer counts: those that work, or the nearest miss. */
export function focusOf({ chains, misses, byHand }: Plan): Chain | undefined {
  return chains[0] ?? misses[0] ?? byHand[0];
}

/** What limits a chain, most likely first. One entry for each condition; conditions that are met with room to spare are left out. */
export function limitsOf(chain: Chain, { mentions = [], engineWorks = false, isDated = true }: Hints = {}): readonly Limit[] {
  const spoken = (layer: ErrorLayer, risk: number): number => (risk > 0 && risk < 0.9 && mentions.includes(layer) ? Math.min(0.89, risk + SPOKEN_OF) : risk);
  const own = new Set(chain.mechanisms.filter(({ kind }) => kind === 'machine').map(({ id }) => id));
  const findings = chain.findings.filter(({ risk }) => risk > 0).map((finding): Limit => {
    const isDoubted = engineWorks && finding.status !== 'unmet' && own.has(finding.of);
    const isUndated = !isDated && finding.status === 'unmet' && finding.condition.from !== undefined;
    const risk = finding.risk * (isUndated ? (engineWorks ? UNDATED_BUT_WORKS : UNDATED) : isDoubted ? ENGINE_WORKS : 1);
    return { layer: finding.layer, risk: spoken(finding.layer, risk), finding };
  });
  const caveats = chain.caveats.flatMap((caveat): readonly Limit[] => (caveat.layer === undefined ? [] : [{ layer: caveat.layer, risk: spoken(caveat.layer, caveat.risk ?? CAVEAT), caveat }]));
  return [...findings, ...caveats].toSorted((a, b) => b.risk - a.risk);
}
