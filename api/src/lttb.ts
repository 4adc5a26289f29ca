// Thins a series so that its shape stays: largest triangle three buckets (Steinarsson 2013, §4.2).

interface Point {
  readonly at: number;
  readonly value: number;
}

/** At most `size` of the points (at least 3), the first and the last among them; what is short enough is left as it is. */
export function thinned<Item extends Point>(points: readonly Item[], size: number): readonly Item[] {
  const buckets = Math.max(3, Math.floor(size)) - 2;
  const [first] = points;
  const last = points.at(-1);
  if (points.length <= buckets + 2 || first === undefined || last === undefined) return points;
  const kept = [first];
  const width = (points.length - 2) / buckets;
  const bucket = (index: number) =>
    points.slice(Math.floor(index * width) + 1, Math.floor((index + 1) * width) + 1);
  let before = first;
  for (let index = 0; index < buckets; index += 1) {
    const after = index + 1 < buckets ? centre(bucket(index + 1)) : last;
    const left = before;
    before = bucket(index).reduce((best, point) =>
      triangle(left, point, after) > triangle(left, best, after) ? point : best,
    );
    kept.push(before);
  }
  return [...kept, last];
}

function centre(points: readonly Point[]): Point {
  const sum = points.reduce(({ at, value }, point) => ({ at: at + point.at, value: value + point.value }), {
    at: 0,
    value: 0,
  });
  return { at: sum.at / points.length, value: sum.value / points.length };
}

// Twice the area.
function triangle(a: Point, b: Point, c: Point): number {
  return Math.abs((a.at - c.at) * (b.value - a.value) - (a.at - b.at) * (c.value - a.value));
}
