/** The names that lessons may use, and nothing else. */
export { default as Claim } from './prose/Claim.astro';
export { default as Figure } from './prose/Figure.astro';
export { default as Predict } from './prose/Predict.astro';
export { default as Source } from './prose/Source.astro';
export { default as LayerTrace } from './layer-trace/LayerTrace.astro';
export { default as StackBuilder } from './stack-builder/StackBuilder.astro';
