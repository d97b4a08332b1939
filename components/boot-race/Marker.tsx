/** What a lane is known by beside its name: how its line is broken, and the shape on it. */
export const DASHES = ['', '9 5', '2 4', '12 4 2 4'];
const SHAPES = ['M-5 0A5 5 0 1 0 5 0 5 5 0 1 0-5 0Z', 'M-4.5-4.5h9v9h-9Z', 'M0-6 6 4.5H-6Z', 'M0-6.5 6.5 0 0 6.5-6.5 0Z'];

interface Props {
  readonly index: number;
  readonly x: string;
  readonly y: string;
  readonly line?: boolean;
  /** Filled at the median, hollow at the 99th percentile. */
  readonly hollow?: boolean;
}

/** A lane's shape, and a piece of its line behind it where asked. */
export function Marker({ index, x, y, line, hollow }: Props) {
  return (
    <svg x={x} y={y} overflow="visible" class="br-marker">
      {line && <path class="br-line" d="M-16 0H16" stroke-dasharray={DASHES[index]} />}
      <path class={hollow ? 'br-hollow' : 'br-full'} d={SHAPES[index]} />
    </svg>
  );
}
