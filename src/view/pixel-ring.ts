/** A ring around one pixel of a picture that is shown larger than its pixels, and the pixel under a click. */
import { h } from "./dom";

/** Belongs beside its canvas, in a place that is positioned and no larger than it. */
export const ring = (): HTMLElement => h("span", { class: "pixel-ring", "aria-hidden": true, hidden: true });

/** @param pixel counted row by row; none, or one beyond the picture, hides the ring */
export function placeRing(mark: HTMLElement, { width, height }: HTMLCanvasElement, pixel?: number): void {
  mark.hidden = pixel === undefined || pixel >= width * height;
  if (mark.hidden) return;
  const [x, y] = [pixel! % width, Math.floor(pixel! / width)];
  mark.style.left = `${(100 * (x + 0.5)) / width}%`;
  mark.style.top = `${(100 * (y + 0.5)) / height}%`;
}

/** The pixel that a click on the canvas meets, counted row by row. */
export function pixelAt(canvas: HTMLCanvasElement, { clientX, clientY }: MouseEvent): number {
  const box = canvas.getBoundingClientRect();
  const within = (share: number, extent: number) =>
    Math.min(extent - 1, Math.max(0, Math.floor(share * extent)));
  const x = within((clientX - box.left) / box.width, canvas.width);
  const y = within((clientY - box.top) / box.height, canvas.height);
  return y * canvas.width + x;
}
