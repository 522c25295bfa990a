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

/** No rate is shown larger than this many spikes/s make it. */
const leastRate = 1;
/** Parts of the width by which a range knows what is still in sight. */
export const parts = 32;

/** What came in one part of the width. */
interface Came {
  readonly part: number;
  low: number;
  high: number;
}

/** A lane's range: all that is in sight fits into it, and not much more. */
export class LaneRange {
  private came: Came[] = [];
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

  /**
   * @param part of all the width that there has been so far, counted on
   * @returns whether the range is another one now
   */
  take(low: number, high: number, part: number): boolean {
    const last = this.came.at(-1);
    if (last?.part === part) {
      last.low = Math.min(last.low, low);
      last.high = Math.max(last.high, high);
    } else {
      this.came.push({ part, low, high });
      this.came = this.came.filter((one) => one.part >= part - parts);
    }
    const wanted = this.wanted();
    const [from, to] = this.now;
    const holds = wanted[0] >= from && wanted[1] <= to;
    const loose = wanted[1] - wanted[0] < 0.45 * (to - from);
    if (holds && !loose) return false;
    this.now = wanted;
    return true;
  }

  /** Another threshold. @param anew whether what came before is not in sight any more */
  remark(mark: number, rest: number, anew: boolean): void {
    this.mark = mark;
    this.rest = rest;
    if (anew) this.came = [];
    this.now = this.wanted();
  }

  private wanted(): Range {
    const lowest = Math.min(...this.came.map(({ low }) => low));
    const highest = Math.max(leastRate, ...this.came.map(({ high }) => high));
    if (this.mark === undefined || this.rest === undefined) return [0, roundAbove(highest)];
    const grain = roundAbove((this.mark - this.rest) / 4);
    const low = Math.floor(Math.min(lowest, this.rest) / grain) * grain;
    // Room above the threshold for the strokes of spikes.
    return [low, this.mark + 0.3 * (this.mark - low)];
  }
}
