/** Signs beside words: what they mean stands in the words, so they are hidden from screen readers. */

/** Strokes on a canvas of 20 × 20. */
const SIGNS = {
  yes: 'm4 10.5 4 4 8-9',
  maybe: 'M6.6 7.4a3.4 3.4 0 1 1 4.9 3c-1 .5-1.5 1.1-1.5 2.1M10 15.6v.1',
  no: 'm5 5 10 10M15 5 5 15',
  hand: 'M4.6 15.4 10.3 9.7M15.7 7.2a3.3 3.3 0 1 1-2.9-2.9l-1.5 1.5.4 2.5 2.5.4z',
} as const;
export type Sign = keyof typeof SIGNS;

export function Icon({ sign }: { readonly sign: Sign }) {
  return (
    <svg class={`wr-icon wr-${sign}`} viewBox="0 0 20 20" aria-hidden="true">
      <path d={SIGNS[sign]} />
    </svg>
  );
}
