/** The frame of a raster: how its canvas is shared between bands of rows, the bar of the stimulus, and lanes. */
import { bandsOf } from "./raster-bands";
import { type LanePlace, lanesOf } from "./raster-lanes";
import type { RingShape } from "./raster-shape";

/** Where lanes and the stimulus' bar are, in pixels of the canvas, and how many of those make a CSS pixel. */
export interface Frame {
  readonly lanes: readonly LanePlace[];
  readonly stimulus: LanePlace;
  readonly scale: number;
}

/** CSS pixels: a rate's lane where there are few or many, a membrane's, the stimulus' bar, the least band, and gaps. */
const sizes = { rate: 36, rateOfMany: 21, membrane: 44, stimulus: 5, least: 20, gap: 3, laneGap: 5 };

/**
 * @param neurons of each population
 * @param canvas as large as it is shown
 * @param options ms of a step, across, and of a rate; and the neurons that are followed
 */
export function frameOf(
  neurons: readonly number[],
  { clientWidth, clientHeight }: HTMLCanvasElement,
  options: { dt: number; span: number; rateMs: number; followed: { readonly length: number } },
): { readonly shape: RingShape; readonly frame: Frame } {
  const { dt, span, rateMs } = options;
  const scale = devicePixelRatio;
  const pixels = (css: number) => Math.max(1, Math.round(css * scale));
  const [columns, all] = [pixels(clientWidth), pixels(clientHeight)];
  const followed = options.followed.length;
  const rate = pixels(neurons.length <= 3 ? sizes.rate : sizes.rateOfMany);
  const [membrane, gap] = [pixels(sizes.membrane), pixels(sizes.laneGap)];
  const below = neurons.length * (rate + gap) + followed * (membrane + gap);
  const bar = pixels(sizes.stimulus);
  const stimulus = { top: all - below - bar, height: bar };
  const bands = bandsOf(neurons, {
    height: stimulus.top - gap,
    gap: pixels(sizes.gap),
    least: pixels(sizes.least),
  });
  const steps = Math.max(1, Math.round(span / dt / columns));
  return {
    frame: {
      lanes: lanesOf(neurons.length, followed, { top: all - below + gap, rate, membrane, gap }),
      stimulus,
      scale,
    },
    shape: {
      columns,
      rows: bands.reduce((sum, band) => sum + band.rows, 0),
      steps,
      bands,
      followed,
      window: Math.min(columns, Math.max(1, Math.round(rateMs / (steps * dt)))),
      ms: steps * dt,
    },
  };
}
