import type { Box, DrawContext2D, Rect } from './context';
import { drawBars } from './draw-histogram';
import type { Picture } from './picture';
import { fitText, formatNumber, isSmall, setFont, textSize } from './text';
import type { DrawTheme } from './theme';

/** A row per wire: its label, mean ± deviation, and a histogram below; as many rows as fit. */
export function drawValues(
  context: DrawContext2D,
  { rows, histograms }: Extract<Picture, { type: 'values' }>,
  box: Box,
  theme: DrawTheme,
): void {
  const size = textSize(box);
  const pad = isSmall(box) ? 8 : 14;
  const least = size + 18;
  const fits = Math.max(1, Math.floor((box.height - 2 * pad) / least));
  const shown = rows.length > fits ? fits - 1 : rows.length;
  const height = Math.min(
    isSmall(box) ? 52 : 84,
    (box.height - 2 * pad) / Math.max(1, Math.min(rows.length, fits)),
  );
  const inner = { x: pad, width: box.width - 2 * pad };
  for (const [i, row] of rows.slice(0, shown).entries()) {
    const rect = { ...inner, y: pad + i * height, height };
    drawRow(context, row, rect, theme, size);
    const bars = { ...rect, y: rect.y + size + 5, height: height - size - (isSmall(box) ? 11 : 19) };
    drawBars(context, histograms[i] ?? new Float32Array(0), bars, theme);
  }
  if (shown === rows.length) return;
  setFont(context, theme, size);
  context.fillStyle = theme.inkFaint;
  context.textAlign = 'left';
  context.textBaseline = 'top';
  context.fillText(`and ${rows.length - shown} more`, pad, pad + shown * height);
}

function drawRow(
  context: DrawContext2D,
  { label, mean, sd }: { readonly label: string; readonly mean: number; readonly sd: number },
  rect: Rect,
  theme: DrawTheme,
  size: number,
): void {
  context.textBaseline = 'top';
  context.textAlign = 'right';
  setFont(context, theme, size, 600);
  const value = `${formatNumber(mean)} ± ${formatNumber(sd)}`;
  const width = context.measureText(value).width;
  context.fillStyle = theme.ink;
  context.fillText(value, rect.x + rect.width, rect.y);
  context.textAlign = 'left';
  setFont(context, theme, size);
  context.fillStyle = theme.inkSoft;
  context.fillText(fitText(context, label, rect.width - width - 10), rect.x, rect.y);
}
