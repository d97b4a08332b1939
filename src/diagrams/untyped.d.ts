/** The parts of two untyped packages that diagrams use. */

declare module 'jsdom' {
  export class JSDOM {
    constructor(html?: string, options?: { pretendToBeVisual?: boolean });
    readonly window: Window & typeof globalThis;
  }
}

declare module 'fontkit' {
  export interface Font {
    readonly ascent: number;
    readonly descent: number;
    readonly unitsPerEm: number;
    readonly xHeight: number;
    readonly variationAxes: Readonly<Record<string, object>>;
    /** One number per axis, in the order of the font's axes. */
    variationCoords: readonly number[] | null;
    getGlyph(id: number): object;
    hasGlyphForCodePoint(codePoint: number): boolean;
    layout(text: string): { readonly advanceWidth: number };
  }
  export function create(bytes: Uint8Array): Font;
}
