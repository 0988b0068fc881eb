/** Student's t: how far a new value may lie from the mean of few, when their spread is all that is known of the spread. */

/** The chance of a t above this. */
export function upperTail(t: number, freedom: number): number {
  const half = incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5) / 2
  return t >= 0 ? half : 1 - half
}

/** The t above which lies so small a chance. */
export function upperQuantile(chance: number, freedom: number): number {
  let [low, high] = [0, 1]
  while (upperTail(high, freedom) > chance) high *= 2
  const steps = 80
  for (let step = 0; step < steps; step++) {
    const middle = (low + high) / 2
    if (upperTail(middle, freedom) > chance) low = middle
    else high = middle
  }
  return high
}

/** The regularised incomplete beta function, by its continued fraction (Lentz). */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  // The fraction converges fast below the mean, and the function is symmetric about it.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a)
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) + logGamma(a + b) - logGamma(a) - logGamma(b)) / a
  const tiny = 1e-300
  let [c, d] = [1, 1 / notZero(1 - ((a + b) * x) / (a + 1), tiny)]
  let fraction = d
  for (let m = 1; m < 300; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / notZero(1 + even * d, tiny)
    c = notZero(1 + even / c, tiny)
    fraction *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / notZero(1 + odd * d, tiny)
    c = notZero(1 + odd / c, tiny)
    fraction *= d * c
    if (Math.abs(d * c - 1) < 1e-14) break
  }
  return front * fraction
}

const notZero = (value: number, tiny: number): number => (Math.abs(value) < tiny ? tiny : value)

/** Stirling's series, of an argument that is made large enough for it. */
function logGamma(x: number): number {
  let shift = 0
  let at = x
  for (; at < 12; at++) shift -= Math.log(at)
  const r = 1 / (at * at)
  const series = (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r / 1680))) / at
  return shift + (at - 0.5) * Math.log(at) - at + 0.5 * Math.log(2 * Math.PI) + series
}
