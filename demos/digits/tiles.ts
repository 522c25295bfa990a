/** The synapses into every neuron as a square of images, pixel for pixel, on one scale; the neuron that answered is framed. */
import { colour } from "../../src/view/palette";
import { viridis } from "../../src/view/viridis";

/** Between two images: room for a frame. */
const gap = 2;

/**
 * @param weights [side², neurons], row-major
 * @param most weight that has the map's last colour; larger ones have it too
 * @param framed the neuron with a frame, if any
 */
export function paintTiles(
  canvas: HTMLCanvasElement,
  weights: Float32Array,
  {
    neurons,
    side,
    most,
    framed,
  }: { neurons: number; side: number; most: number; framed: number | undefined },
): void {
  const across = Math.ceil(Math.sqrt(neurons));
  const step = side + gap;
  canvas.width = canvas.height = across * step + gap;
  const context = canvas.getContext("2d");
  if (!context) return;
  const image = context.createImageData(canvas.width, canvas.height);
  const words = new Uint32Array(image.data.buffer);
  for (let neuron = 0; neuron < neurons; neuron++) {
    const corner = (gap + Math.floor(neuron / across) * step) * canvas.width + gap + (neuron % across) * step;
    for (let pixel = 0; pixel < side * side; pixel++) {
      const share = Math.min(1, Math.max(0, weights[pixel * neurons + neuron]! / most));
      words[corner + Math.floor(pixel / side) * canvas.width + (pixel % side)] =
        viridis[Math.round(255 * share)]!;
    }
  }
  context.putImageData(image, 0, 0);
  if (framed === undefined) return;
  context.strokeStyle = colour("--ink");
  const [left, top] = [framed % across, Math.floor(framed / across)].map((at) => gap + at * step - 0.5);
  context.strokeRect(left!, top!, side + 1, side + 1);
}

/** The map itself, from none to the most. */
export function paintScale(canvas: HTMLCanvasElement): void {
  canvas.width = viridis.length;
  canvas.height = 1;
  const context = canvas.getContext("2d");
  if (!context) return;
  const image = context.createImageData(viridis.length, 1);
  new Uint32Array(image.data.buffer).set(viridis);
  context.putImageData(image, 0, 0);
}

/** An image as ink on paper. @param pixels [side²], a byte each */
export function paintImage(canvas: HTMLCanvasElement, pixels: Uint8Array, side: number): void {
  canvas.width = canvas.height = side; // which also wipes it
  const context = canvas.getContext("2d");
  if (!context) return;
  context.fillStyle = colour("--ink");
  for (const [pixel, byte] of pixels.entries()) {
    context.globalAlpha = byte / 255;
    context.fillRect(pixel % side, Math.floor(pixel / side), 1, 1);
  }
}
