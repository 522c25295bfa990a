/** Marks of an axis where nothing else says where they should be: two to five at multiples of 1, 2 or 5 times a power of ten. */
export function roundMarks(from: number, to: number): number[] {
  const power = 10 ** Math.floor(Math.log10((to - from) / 2));
  const step = power * [5, 2, 1].find((times) => (to - from) / (times * power) >= 2)!;
  const first = Math.ceil(from / step);
  return Array.from({ length: Math.floor(to / step) - first + 1 }, (_, k) => (first + k) * step);
}
