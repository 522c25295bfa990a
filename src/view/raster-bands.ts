/** Bands: which rows of a raster each population has. */

export interface Band {
  /** The number of its first neuron among all, and how many it has. */
  readonly first: number;
  readonly size: number;
  /** Rows of the image. Neuron i of the population stands in row + ⌊i · rows / size⌋. */
  readonly row: number;
  readonly rows: number;
  /** Pixels of the canvas: as many as rows or more. */
  readonly top: number;
  readonly height: number;
}

export interface BandSizes {
  /** Pixels that all bands and the gaps between them take. */
  readonly height: number;
  readonly gap: number;
  /** What the smallest gets, so that there is room for its name. */
  readonly least: number;
}

/**
 * Shares a canvas out: each population gets `least` pixels, and of the rest as much as it has neurons. One of fewer neurons
 * than pixels has a row of the image for each.
 */
export function bandsOf(sizes: readonly number[], { height, gap, least }: BandSizes): Band[] {
  const neurons = sizes.reduce((sum, size) => sum + size, 0);
  const spare = Math.max(0, height - gap * (sizes.length - 1) - least * sizes.length);
  let [first, row] = [0, 0];
  return sizes.map((size, index) => {
    // Rounding the borders, and not the heights, makes them add up.
    const border = (before: number, k: number) => Math.round((spare * before) / neurons) + (least + gap) * k;
    const top = border(first, index);
    const band = { first, size, row, top, height: border(first + size, index + 1) - gap - top };
    const rows = Math.min(size, band.height);
    first += size;
    row += rows;
    return { ...band, rows };
  });
}
