/** Draws a step as an arrow over the cut, from part to part. It measures the page; without it the drawing still says what runs. */
import { Component } from 'preact';

/** How far the arrow reaches into a part, in px. */
const REACH = 11;

interface Props {
  /** Ids of the nodes that it joins. */
  readonly from: string | undefined;
  readonly to: string | undefined;
}

/** The arrow, in the box that it stands in. */
export class Arrow extends Component<Props> {
  private watcher: ResizeObserver | undefined;

  override componentDidMount(): void {
    // Observing a box begins with a call, which places the arrow for the first time.
    this.watcher = new ResizeObserver(() => this.componentDidUpdate());
    this.watcher.observe(this.base?.parentElement as HTMLElement);
  }

  override componentDidUpdate(): void {
    const arrow = this.base as HTMLElement;
    point(arrow.parentElement as HTMLElement, arrow, this.props.from, this.props.to);
  }

  override componentWillUnmount(): void {
    this.watcher?.disconnect();
  }

  override render() {
    return <span class="lt-arrow" aria-hidden="true" hidden />;
  }
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
  arrow.style.left = `${spot(narrow, box).left + narrow.offsetWidth * 0.88}px`;
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
