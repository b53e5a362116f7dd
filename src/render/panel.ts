import { palette } from './palette.js';
import { element } from './svg.js';

/**
 * The SVG document of a picture: a panel with rounded corners, and its content.
 * @param fontSize in pixels, for texts without their own
 */
export function panel(
  { width, height, fontSize }: { readonly width: number; readonly height: number; readonly fontSize: number },
  ...elements: readonly string[]
): string {
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      'font-family': 'DejaVu Sans',
      'font-size': fontSize,
    },
    element('rect', {
      ...{ x: 1, y: 1, width: width - 2, height: height - 2, rx: 26 },
      ...{ fill: palette.panel, stroke: palette.panelEdge, 'stroke-width': 2 },
    }),
    ...elements,
  );
}
