/** Draws a step as an arrow over the cut, from part to part. It measures the page; without it the drawing still says what runs. */
import { useLayoutEffect, useRef } from 'preact/hooks';

/** How far the arrow reaches into a part, in px. */
const REACH = 11;

/** Refs for the box around a cut and for the arrow in it, which points from one node to the other. */
export function useArrow(from: string | undefined, to: string | undefined) {
  const cut = useRef<HTMLDivElement>(null);
  const arrow = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const [box, shape] = [cut.current, arrow.current];
    if (!box || !shape) return undefined;
    const place = () => point(box, shape, from, to);
    place();
    const watcher = new ResizeObserver(place);
    watcher.observe(box);
    return () => watcher.disconnect();
  }, [from, to]);
  return { cut, arrow };
}

function point(box: HTMLElement, arrow: HTMLElement, from: string | undefined, to: string | undefined): void {
  const slab = (id: string | undefined) => box.querySelector<HTMLElement>(`[data-node="${id}"]`);
  const [start, end] = [slab(from), slab(to)];
  arrow.hidden = start === end || !start || !end;
  if (arrow.hidden || !start || !end) return;
  // One part stands on the other, so a straight line through the narrower one meets both; off the middle, where the names are.
  const narrow = start.offsetWidth < end.offsetWidth ? start : end;
  const upward = spot(end, box).top < spot(start, box).top;
  const [upper, lower] = upward ? [end, start] : [start, end];
  const top = spot(upper, box).top + upper.offsetHeight - REACH;
  arrow.dataset['to'] = upward ? 'up' : 'down';
  arrow.style.left = `${spot(narrow, box).left + narrow.offsetWidth * 0.84}px`;
  arrow.style.top = `${top}px`;
  arrow.style.height = `${spot(lower, box).top + REACH - top}px`;
}

/** Where an element stands in a box, whatever transition is moving it. */
function spot(element: HTMLElement, box: HTMLElement): { readonly left: number; readonly top: number } {
  let [left, top] = [element.offsetLeft, element.offsetTop];
  for (let at = element.offsetParent as HTMLElement | null; at && at !== box; at = at.offsetParent as HTMLElement | null) {
    left += at.offsetLeft + at.clientLeft;
    top += at.offsetTop + at.clientTop;
  }
  return { left, top };
}
