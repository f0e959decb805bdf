import { assertNever } from '@/lib/util/assert';
import type { Box, DrawContext2D } from './context';
import { drawArrows } from './draw-arrows';
import { drawCourse } from './draw-course';
import { drawDensities } from './draw-densities';
import { drawHistogram } from './draw-histogram';
import { drawImagePanels, drawImages, drawVideos } from './draw-images';
import { drawMesh } from './draw-mesh';
import { drawPoints } from './draw-points';
import { drawStrings } from './draw-strings';
import { drawValues } from './draw-values';
import { drawVolumes } from './draw-volumes';
import type { Look } from './look';
import type { Picture } from './picture';
import { setFont, textSize, wrapText } from './text';
import type { DrawTheme } from './theme';
import { type Axes, zoomed } from './zoom';

/**
 * Draws a picture into a box at the context's origin. The context's transform gives device pixels per unit.
 * Numbers that are not finite are skipped; a box without room stays empty. Nothing is kept between calls.
 * Without a look, volumes are seen from three sides, and videos as frames side by side. Gives the axes that it drew, of
 * pictures that can be looked at in part.
 */
export function drawPicture(
  context: DrawContext2D,
  picture: Picture,
  box: Box,
  theme: DrawTheme,
  look?: Look,
): Axes | undefined {
  context.save();
  context.globalAlpha = 1;
  context.setLineDash([]);
  context.fillStyle = theme.background;
  context.fillRect(0, 0, box.width, box.height);
  const shown = look?.part ? zoomed(picture, look.part) : picture;
  const isRoom = box.width >= 60 && box.height >= 50;
  const axes = isRoom ? drawContent(context, shown, box, theme, look) : undefined;
  context.restore();
  return axes;
}

function drawContent(
  context: DrawContext2D,
  picture: Picture,
  box: Box,
  theme: DrawTheme,
  look: Look | undefined,
): Axes | undefined {
  switch (picture.type) {
    case 'empty':
      drawMessage(context, picture.message, box, theme);
      break;
    case 'points':
      return drawPoints(context, picture, box, theme);
    case 'densities':
      return drawDensities(context, picture, box, theme);
    case 'arrows':
      drawArrows(context, picture, box, theme);
      break;
    case 'mesh':
      drawMesh(context, picture, box, theme);
      break;
    case 'panels':
      drawImagePanels(context, picture, box, theme);
      break;
    case 'images':
      drawImages(context, picture, box, theme);
      break;
    case 'videos':
      drawVideos(context, picture, box, theme, look?.frame);
      break;
    case 'volumes':
      drawVolumes(context, picture, box, theme, look?.pose);
      break;
    case 'strings':
      drawStrings(context, picture, box, theme);
      break;
    case 'histogram':
      drawHistogram(context, picture, box, theme);
      break;
    case 'course':
      drawCourse(context, picture, box, theme);
      break;
    case 'values':
      drawValues(context, picture, box, theme);
      break;
    default:
      assertNever(picture);
  }
  return undefined;
}

function drawMessage(context: DrawContext2D, message: string, box: Box, theme: DrawTheme): void {
  const size = textSize(box) + 1;
  setFont(context, theme, size);
  context.fillStyle = theme.inkFaint;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const lines = wrapText(context, message, box.width - 24);
  lines.forEach((line, i) => {
    const y = box.height / 2 + (i - (lines.length - 1) / 2) * size * 1.5;
    context.fillText(line, box.width / 2, y);
  });
}
