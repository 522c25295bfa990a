/**
 * How large a picture is, from its first bytes: decoders are only given what fits into memory. A small file can hold a picture
 * of 65,535 × 65,535 pixels, and 16 GiB once decoded.
 *
 * Sources: PNG (W3C Recommendation, 11.2.2 IHDR), JPEG (ITU-T T.81, B.2.2 frame header), WebP (RFC 9649, 2.3 to 2.7).
 */

export interface PictureFacts {
  /** MIME type. */
  readonly type: string;
  readonly width: number;
  readonly height: number;
}

/** What a picture is and how large; undefined where it is no PNG, JPEG or WebP, or ends before it says. */
export function pictureFacts(bytes: Uint8Array): PictureFacts | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return pngFacts(view) ?? webpFacts(view) ?? jpegFacts(view);
  } catch (error) {
    if (error instanceof RangeError) return undefined; // read beyond the end
    throw error;
  }
}

function pngFacts(view: DataView): PictureFacts | undefined {
  if (view.getUint32(0) !== 0x89504e47 || view.getUint32(12) !== 0x49484452) return undefined;
  return { type: "image/png", width: view.getUint32(16), height: view.getUint32(20) };
}

function webpFacts(view: DataView): PictureFacts | undefined {
  if (view.getUint32(0) !== 0x52494646 || view.getUint32(8) !== 0x57454250) return undefined;
  const type = "image/webp";
  const u24 = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
  switch (view.getUint32(12)) {
    case 0x56503858: // "VP8X": a canvas
      return { type, width: u24(24) + 1, height: u24(27) + 1 };
    case 0x5650384c: {
      // "VP8L": lossless, 14 bits each after the signature 2f
      const sizes = view.getUint32(21, true);
      return { type, width: (sizes & 0x3fff) + 1, height: ((sizes >>> 14) & 0x3fff) + 1 };
    }
    default: // "VP8 ": lossy, 14 bits each after the start code 9d 01 2a
      return {
        type,
        width: view.getUint16(26, true) & 0x3fff,
        height: view.getUint16(28, true) & 0x3fff,
      };
  }
}

/** Markers that open a frame: SOF0 to SOF15 without DHT (c4), JPG (c8) and DAC (cc). */
const opensFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

function jpegFacts(view: DataView): PictureFacts | undefined {
  if (view.getUint16(0) !== 0xffd8) return undefined;
  for (let at = 2; ; ) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff)
      at++; // fill
    else if (opensFrame(marker))
      return { type: "image/jpeg", height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    else at += 2 + view.getUint16(at + 2);
  }
}
