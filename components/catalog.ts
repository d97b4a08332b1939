/** Every playground by name: what the check, the claims and the tests loop over. Imports no component, so plain Node can load it. */
import type { AnyPlayground } from './kit/playground.ts';
import { bootRace } from './boot-race/playground.ts';
import { choose } from './choose/playground.ts';
import { decoder } from './decoder/playground.ts';
import { layerLab } from './layer-lab/playground.ts';
import { layerTrace } from './layer-trace/playground.ts';
import { overheadsPlayground } from './overheads/playground.ts';
import { linuxLab } from './linux-lab/playground.ts';
import { stackBuilder } from './stack-builder/playground.ts';
import { timeMachine } from './time-machine/playground.ts';
import { willItRun } from './will-it-run/playground.ts';

export const catalog: Readonly<Record<string, AnyPlayground>> = {
  StackBuilder: stackBuilder,
  LayerTrace: layerTrace,
  WillItRun: willItRun,
  TimeMachine: timeMachine,
  Decoder: decoder,
  LayerLab: layerLab,
  BootRace: bootRace,
  Overheads: overheadsPlayground,
  Choose: choose,
  LinuxLab: linuxLab,
};
