/**
 * Lanes: what stands below a raster on its time axis, one lane for each population's rate and each membrane that is followed:
 * where they are, and which values they reach from and to. A range moves seldom, as all of the picture moves with it.
 */

export interface LanePlace {
  /** Pixels of the canvas. */
  readonly top: number;
  readonly height: number;
}

export interface LaneSizes {
  /** Pixels: from where on, of each lane of a kind, and between two. */
  readonly top: number;
  readonly rate: number;
  readonly membrane: number;
  readonly gap: number;
}

/** Rates first, then membranes, one below the other. */
export function lanesOf(
  rates: number,
  membranes: number,
  { top, rate, membrane, gap }: LaneSizes,
): LanePlace[] {
  let at = top;
  return Array.from({ length: rates + membranes }, (_, k) => {
    const place = { top: at, height: k < rates ? rate : membrane };
    at += place.height + gap;
    return place;
  });
}

export type Range = readonly [low: number, high: number];

/** 1, 2 or 5 times a power of ten, at least the value. */
export function roundAbove(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value) + 1e-9);
  return power * [1, 2, 5, 10].find((times) => times * power >= value * (1 - 1e-9))!;
}

/** Of what was, a submit forgets this much; and no rate is shown larger than this many spikes/s make it. */
const [forget, leastRate] = [0.004, 1];

/** A lane's range, kept wide enough for what came of late. */
export class LaneRange {
  private low: number | undefined;
  private high: number | undefined;
  private now: Range;

  /** @param mark of a membrane, its threshold: a range ends above it, and begins no higher than `rest` */
  constructor(
    private mark?: number,
    private rest?: number,
  ) {
    this.now = this.wanted();
  }

  get range(): Range {
    return this.now;
  }

  /** What of it has values: above a membrane's threshold there is room for strokes alone. */
  get told(): Range {
    return [this.now[0], this.mark ?? this.now[1]];
  }

  /** @returns whether the range is another one now */
  take(low: number, high: number): boolean {
    // What was forgets itself, so that one burst does not hold the range for ever.
    this.low = Math.min(low, this.low === undefined ? low : this.low + forget * (low - this.low));
    this.high = Math.max(high, this.high === undefined ? high : this.high + forget * (high - this.high));
    const wanted = this.wanted();
    const [from, to] = this.now;
    const holds = wanted[0] >= from && wanted[1] <= to;
    const loose = wanted[1] - wanted[0] < 0.45 * (to - from);
    if (holds && !loose) return false;
    this.now = wanted;
    return true;
  }

  /** Another threshold. */
  remark(mark: number, rest: number): void {
    this.mark = mark;
    this.rest = rest;
    this.low = this.high = undefined;
    this.now = this.wanted();
  }

  private wanted(): Range {
    if (this.mark === undefined || this.rest === undefined)
      return [0, roundAbove(Math.max(leastRate, this.high ?? 0))];
    const grain = roundAbove((this.mark - this.rest) / 4);
    const low = Math.floor(Math.min(this.low ?? this.rest, this.rest) / grain) * grain;
    // Room above the threshold for the strokes of spikes.
    return [low, this.mark + 0.3 * (this.mark - low)];
  }
}
