/** What the site says about each playground beside running it: for the list, its own page and those who embed it. */
import type * as components from '../../../components/index.ts';

/** Every name that lessons may use and that is not a piece of prose. */
export type PlaygroundName = Exclude<keyof typeof components, 'Claim' | 'Figure' | 'Predict' | 'Recorded' | 'Source' | 'CompatibilityMatrix'>;

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
  WillItRun: {
    does: 'State a machine and an image, or paste what your machine says, and read whether it runs, by which hidden virtual machines and translators, and if not, why, with which error, and what would have to change.',
    first: 'Set “Published for” to “amd64 and arm64”: the translator goes, the second kernel stays. Then start from your own machine.',
    caption: 'The answer is planned from dated rules, and each of them has its source.',
    height: 1700,
  },
  Decoder: {
    does: 'Paste an error, with as much of the log around it as you have, and read which layer does not match, what it means, how sure that is, and what to do.',
    first: 'Paste your error: it is decoded at once, and it stays in this page. Or take one of the known messages and see what else it can mean.',
    caption: 'The place of the mismatch is marked on the cross-section. “Why?” lists what the answer rests on, with reports of people who met the same message.',
    height: 1400,
  },
  TimeMachine: {
    does: 'Choose a machine, drag a year from 2013 to today, and see what ran a Linux container there: whose kernel answered, at which address, how files got in, what broke.',
    first: 'Drag the year from 2013 to the right and watch how many kernels the drawing has. Then take a Windows PC, Home edition, and find the year in which it caught up.',
    caption: 'Each year is answered by the rules that WillItRun uses too, for the system that such a machine ran in its December.',
    height: 1500,
  },
  LayerLab: {
    does: 'Pull and build images, run containers, write, delete and commit, predict the bytes before they are shown, and see which layer holds each file and which one answers a read.',
    first: 'In the scene that it starts with, press “Write 1 byte” beside the file of one gigabyte, and say first what that will add to the disk.',
    caption: 'Each layer is drawn once, because it is stored once. Before an action shows its bytes you are asked for them. Another scene has a task of its own; more commands are under “More”, and so is the switch for the questions.',
    height: 1700,
  },
  BootRace: {
    does: 'Bet which kind of start is fastest, by what factor and how sure you are, then run one to ten thousand of each and see phases, cores, memory, the spread of the times, and how the median grows with the number at once.',
    first: 'Place a bet and press “Start”. Then take the race “1,000 guests, 100 at once, on 4 cores”, compare it with 48 cores, and sweep from 1 to 100 at once.',
    caption: 'Single starts are measured distributions; how many at once behave is computed, and held against published runs.',
    height: 1300,
  },
  Overheads: {
    does: 'Choose a kind of work or a kind of wall, and see what published measurements say it costs, each against its own base, with year, machine and what must not be read into it.',
    first: 'Take the work “System calls”. Then press “What is this slow at?” and choose the wall that you use.',
    caption: 'Each line is one published measurement. No ratio mixes two studies, and where a study contradicts itself both numbers stand.',
    height: 2000,
  },
  Choose: {
    does: 'State a work, its machine and what must hold, and read which of seven walls can do it, which is beaten by which on what evidence, and under which conditions the rest stands.',
    first: 'Set “Whose code” to “strangers’”, and see who falls. Then press one of the lines under “What would change this”.',
    caption: 'There is no score. Only values by one clock or one measure are compared, and whoever stands is told with conditions.',
    height: 1900,
  },
  LinuxLab: {
    does: 'Boot a real Linux in your browser, start containers on it, measure them, fill their memory, connect them, panic a kernel, and build a container by hand.',
    first: 'Move through the recorded session, or boot the machine and press “Type it” beside each step.',
    caption: 'Everything happens in this tab. What is measured is emulation; it stands beside the figures of hardware and is never mixed with them.',
    height: 1300,
  },
};

/** Throws an Error that says where to write it when a playground has none. */
export function aboutOf(name: string): About {
  const about = Object.entries(ABOUT).find(([known]) => known === name)?.[1];
  if (!about) throw new Error(`Nothing is said about the playground ${name}: describe it in src/pages/playgrounds/_about.ts, and draw it in _Thumbnail.astro.`);
  return about;
}
