/** Every playground by name: what the check, the claims and the tests loop over. Imports no component, so plain Node can load it. */
import type { AnyPlayground } from './kit/playground.ts';
import { layerTrace } from './layer-trace/playground.ts';
import { stackBuilder } from './stack-builder/playground.ts';

export const catalog: Readonly<Record<string, AnyPlayground>> = {
  StackBuilder: stackBuilder,
  LayerTrace: layerTrace,
};
