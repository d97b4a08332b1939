/** The names that lessons may use, and the matrix for its page. */
export { default as Claim } from './prose/Claim.astro';
export { default as Figure } from './prose/Figure.astro';
export { default as Predict } from './prose/Predict.astro';
export { default as Recorded } from './prose/Recorded.astro';
export { default as Source } from './prose/Source.astro';
export { default as BootRace } from './boot-race/BootRace.astro';
export { default as Choose } from './choose/Choose.astro';
export { default as Decoder } from './decoder/Decoder.astro';
export { default as LayerLab } from './layer-lab/LayerLab.astro';
export { default as LayerTrace } from './layer-trace/LayerTrace.astro';
export { default as Overheads } from './overheads/Overheads.astro';
export { default as LinuxLab } from './linux-lab/LinuxLab.astro';
export { default as StackBuilder } from './stack-builder/StackBuilder.astro';
export { default as CompatibilityMatrix } from './will-it-run/Matrix.astro';
export { default as TimeMachine } from './time-machine/TimeMachine.astro';
export { default as WillItRun } from './will-it-run/WillItRun.astro';
