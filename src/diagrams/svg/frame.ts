/** The frame of a picture: what part of the plane it shows. It knows boxes and lifelines, nothing of markup. */
import type { Measurer } from './measure.ts';
import type { Box } from './transform.ts';

/** The frame that Mermaid set. */
export function frameOf(svg: Element): Box {
  const [x = 0, y = 0, width = 0, height = 0] = (svg.getAttribute('viewBox') ?? '').split(/[\s,]+/).map(Number);
  return { x, y, width, height };
}

/** Room around a cropped picture, in px: for half a line, an arrowhead, a step's number. */
const MARGIN = 10;

/** The frame around everything but the lifelines, which are cut off at its bottom. */
export function croppedFrame(svg: Element, { getBBox }: Measurer): Box {
  const lifelines = [...svg.querySelectorAll('.actor-line')];
  for (const line of lifelines) line.setAttribute('y2', line.getAttribute('y1') ?? '0');
  const { x, y, width, height } = getBBox(svg);
  for (const line of lifelines) line.setAttribute('y2', String(y + height + MARGIN));
  return { x: x - MARGIN, y: y - MARGIN, width: width + 2 * MARGIN, height: height + 2 * MARGIN };
}
