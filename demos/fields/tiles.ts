/** Weights as a square of images, pixel for pixel, each on a scale of its own. */
import { divergingMap, entryOf } from "../../src/view/diverging";

const gap = 2;

/** @param weights [side² + 1, neurons], row-major, the biases last; the neurons fill a square */
export function paintTiles(
  canvas: HTMLCanvasElement,
  weights: Float32Array,
  neurons: number,
  side: number,
): void {
  const across = Math.ceil(Math.sqrt(neurons));
  const step = side + gap;
  canvas.width = canvas.height = across * step - gap;
  const context = canvas.getContext("2d");
  if (!context) return;
  const map = divergingMap();
  const image = context.createImageData(canvas.width, canvas.height);
  const words = new Uint32Array(image.data.buffer);
  for (let neuron = 0; neuron < neurons; neuron++) {
    let most = 1e-9;
    for (let pixel = 0; pixel < side * side; pixel++)
      most = Math.max(most, Math.abs(weights[pixel * neurons + neuron]!));
    const corner = Math.floor(neuron / across) * step * canvas.width + (neuron % across) * step;
    for (let pixel = 0; pixel < side * side; pixel++)
      words[corner + Math.floor(pixel / side) * canvas.width + (pixel % side)] =
        map[entryOf(weights[pixel * neurons + neuron]!, most)]!;
  }
  context.putImageData(image, 0, 0);
}

/** The map itself, from one end to the other. */
export function paintScale(canvas: HTMLCanvasElement): void {
  const context = canvas.getContext("2d");
  if (!context) return;
  const image = context.createImageData(canvas.width, 1);
  new Uint32Array(image.data.buffer).set(divergingMap());
  context.putImageData(image, 0, 0);
}
