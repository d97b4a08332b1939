/** How layers and walls look in diagrams: their class names, tokens and textures. It knows nothing of Mermaid. */

/** A texture: one tile, and the lines or dots on it. */
interface Texture {
  readonly width: number;
  readonly height: number;
  readonly path: string;
}

/** Layers by class name, ground first; the texture is the one that the layer has everywhere on the site (styles/layers.css). */
export const LAYERS: Readonly<Record<string, Texture | null>> = {
  hardware: { width: 9, height: 9, path: 'M-1 10 10-1M-1 1 1-1M8 10l2-2' },
  firmware: { width: 9, height: 9, path: 'M2 3a1 1 0 1 0 2 0a1 1 0 1 0-2 0' },
  hypervisor: { width: 12, height: 12, path: 'M0 0l12 12M12 0 0 12' },
  kernel: { width: 22, height: 14, path: 'M0 .5h22M0 7.5h22M5.5 0v7M16.5 7v7' },
  userland: { width: 8, height: 7, path: 'M0 .5h8' },
  application: null,
};

/** Classes for groups: a wall that hypervisor and processor keep, and one that the kernel keeps. */
export const WALLS: readonly string[] = ['machine', 'sandbox'];

/** Every class that an author may give to a part of a diagram. */
export const AUTHOR_CLASSES: readonly string[] = [...Object.keys(LAYERS), ...WALLS];

/** The `pattern` element of a layer, `null` for a layer without texture. The class colors it. */
export function texturePattern(layer: string, id: string): string | null {
  const texture = LAYERS[layer];
  if (!texture) return null;
  const { width, height, path } = texture;
  const size = `width="${width}" height="${height}"`;
  return `<pattern id="${id}" class="${layer}" ${size} patternUnits="userSpaceOnUse"><rect class="ground" ${size}/><path class="texture" d="${path}"/></pattern>`;
}
