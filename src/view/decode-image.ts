/** Decodes a picture by the browser's own decoders, off the page's main thread. */

/** Larger pictures are no samples: they would take gigabytes. */
const mostPixels = 1 << 26;

/** @throws one sentence where the browser can't read it */
export async function decodeImage(
  bytes: Uint8Array,
  type: string,
): Promise<{ width: number; height: number; rgba: Uint8ClampedArray }> {
  const bitmap = await createImageBitmap(new Blob([bytes as Uint8Array<ArrayBuffer>], { type })).catch(() => {
    throw new Error("the browser can’t read it as a picture");
  });
  try {
    const { width, height } = bitmap;
    if (width * height > mostPixels)
      throw new Error(`it has ${width} × ${height} pixels, and samples are small`);
    const pen = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true })!;
    pen.drawImage(bitmap, 0, 0);
    return { width, height, rgba: pen.getImageData(0, 0, width, height).data };
  } finally {
    bitmap.close();
  }
}
