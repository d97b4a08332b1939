/** What the site says about each playground beside running it: for the list, its own page and those who embed it. */
import type * as components from '../../../components/index.ts';

/** Every name that lessons may use and that is not a piece of prose. */
export type PlaygroundName = Exclude<keyof typeof components, 'Claim' | 'Figure' | 'Predict' | 'Source'>;

interface About {
  /** What one does in it and what one sees, in a sentence. */
  readonly does: string;
  /** A first move, for the line above it. */
  readonly first: string;
  readonly caption: string;
  /** Height in px of an embed 700 px wide, before the listener knows better. */
  readonly height: number;
}

const ABOUT: Readonly<Record<PlaygroundName, About>> = {
  StackBuilder: {
    does: 'Place copies of an app on bare metal, in containers, in VMs or in microVMs, and see which kernels and userlands they share and what each copy costs.',
    first: 'Press “VMs”, and the sentence under the buttons says how many kernels that makes. Then move one app back with the menu on its box.',
    caption: 'The parts are counted exactly. Disk, memory and start-up are ranges from measurements, each with its source.',
    height: 1300,
  },
  LayerTrace: {
    does: 'Choose a program and a stack, follow one request down to the hardware, and see at each border who runs, in which mode, and why.',
    first: 'Press “Step” until the request is answered. Then choose another stack, or compare the two, and count the borders that it crosses there.',
    caption: 'Each step names the border that is crossed. “Why?” lists the rules that decided, with their sources.',
    height: 950,
  },
};

/** Throws an Error that says where to write it when a playground has none. */
export function aboutOf(name: string): About {
  const about = Object.entries(ABOUT).find(([known]) => known === name)?.[1];
  if (!about) throw new Error(`Nothing is said about the playground ${name}: describe it in src/pages/playgrounds/_about.ts, and draw it in _Thumbnail.astro.`);
  return about;
}
