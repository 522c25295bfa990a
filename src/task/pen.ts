/**
 * A round pen on a small grey image: each piece of a line darkens the pixels around it by their distance, so
 * edges come out antialiased and slightly blurred, as in a scan. Lines that cross keep the darker value.
 */

/** The side of the square image, in pixels. */
export const side = 28;

/** How a stroke looks; lengths in pixels. */
export interface Pen {
  /** Half the line's width where the ink has fallen to half. */
  radius: number;
  /** The width of the edge over which ink falls from full to none. */
  blur: number;
  /** Ink at the core; 255 is full, and more saturates towards the edges too. */
  ink: number;
}

/** Draws one piece from (x0, y0) to (x1, y1) into `image` [side·side], pixel centres at whole numbers. */
export function drawLine(
  image: Uint8Array,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  { radius, blur, ink }: Pen,
): void {
  const reach = radius + blur / 2;
  const left = Math.max(0, Math.ceil(Math.min(x0, x1) - reach));
  const right = Math.min(side - 1, Math.floor(Math.max(x0, x1) + reach));
  const top = Math.max(0, Math.ceil(Math.min(y0, y1) - reach));
  const bottom = Math.min(side - 1, Math.floor(Math.max(y0, y1) + reach));
  const [dx, dy] = [x1 - x0, y1 - y0];
  const perLength = 1 / Math.max(dx * dx + dy * dy, 1e-12);
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const along = Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) * perLength));
      const [ex, ey] = [x - x0 - along * dx, y - y0 - along * dy];
      const cover = (reach - Math.sqrt(ex * ex + ey * ey)) / blur;
      if (cover <= 0) continue;
      const value = Math.min(255, Math.round(ink * Math.min(1, cover)));
      const pixel = y * side + x;
      if (value > image[pixel]!) image[pixel] = value;
    }
  }
}
