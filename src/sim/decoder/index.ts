/** The Decoder's public face. */
export { decode, type Answer, type Nearest, type Other, type Verdict } from './decode.ts';
export type { Alternative, Circumstance, Evidence, Family, Fix, Onward, Role, Situation, Translation } from './family.ts';
export { ERROR_LAYER_NAMES, ERROR_LAYERS, type ErrorLayer } from './layers.ts';
export { compileKnowledge, wordingsOf, type Knowledge, type Span } from './match.ts';
export { expand, PhraseError } from './phrases.ts';
export { SHAPES } from './shapes.ts';
