import { LEGEND_COLUMN } from './axes';
import type { Box, DrawContext2D } from './context';
import { drawLegend, legendOf } from './legend';
import type { Picture } from './picture';
import { isLow, isSmall, setFont, textSize } from './text';
import type { DrawTheme } from './theme';

const MONOSPACE = 'ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace';

/** Strings in columns, as many as fit: real ones on the left, fakes on the right. */
export function drawStrings(
  context: DrawContext2D,
  picture: Extract<Picture, { type: 'strings' }>,
  box: Box,
  theme: DrawTheme,
): void {
  const { real, fake } = picture;
  const size = textSize(box);
  const pad = isSmall(box) ? 8 : 14;
  const low = isLow(box);
  const legend = low ? 0 : size + 8;
  const room = low ? box.width - LEGEND_COLUMN : box.width;
  const legendRect = low
    ? { x: room, y: 4, width: LEGEND_COLUMN, height: box.height }
    : { x: pad, y: 2, width: box.width - 2 * pad, height: legend };
  drawLegend(context, legendOf(theme, picture), legendRect, theme, box);
  const sides = [
    { strings: real, color: theme.real },
    { strings: fake, color: theme.fake },
  ].filter(({ strings }) => strings !== undefined);
  const width = (room - pad * (sides.length + 1)) / Math.max(1, sides.length);
  sides.forEach(({ strings = [], color }, i) => {
    const rect = {
      x: pad + i * (width + pad),
      y: legend + 4,
      width,
      height: box.height - legend - 4 - pad / 2,
    };
    setFont(context, { ...theme, font: MONOSPACE }, size + 1);
    context.fillStyle = color;
    context.textAlign = 'left';
    context.textBaseline = 'top';
    const line = size + 5;
    const lines = Math.max(1, Math.floor(rect.height / line));
    const step = strings.reduce((most, text) => Math.max(most, context.measureText(text).width), 0) + 10;
    const columns = Math.max(1, Math.floor((rect.width + 10) / step));
    strings.slice(0, lines * columns).forEach((text, k) => {
      context.fillText(text, rect.x + Math.floor(k / lines) * step, rect.y + (k % lines) * line);
    });
  });
}
