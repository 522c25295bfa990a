/** Viridis (van der Walt & Smith 2015), the map for magnitudes: equally far apart to the eye, and in grey too. */

/** Ten colours of the map at equal steps, as published; between them it is as good as straight. */
const stops = [
  0x440154, 0x482878, 0x3e4989, 0x31688e, 0x26828e, 0x1f9e89, 0x35b779, 0x6ece58, 0xb5de2b, 0xfde725,
];

/** 256 opaque colours as the words of an image (little-endian RGBA), from the least to the most. */
export const viridis: Uint32Array = Uint32Array.from({ length: 256 }, (_, entry) => {
  const at = (entry / 255) * (stops.length - 1);
  const low = Math.min(stops.length - 2, Math.floor(at));
  const channel = (shift: number) => {
    const [from, to] = [stops[low]!, stops[low + 1]!].map((colour) => (colour >> shift) & 255);
    return Math.round(from! + (at - low) * (to! - from!));
  };
  return ((255 << 24) | (channel(0) << 16) | (channel(8) << 8) | channel(16)) >>> 0;
});
