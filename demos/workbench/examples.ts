/** Examples to begin from. Each is a whole text, so that it can be changed line by line. */

export interface Example {
  readonly name: string;
  readonly title: string;
  readonly text: string;
}

export const ruleExamples: readonly Example[] = [
  {
    name: "oja",
    title: "Oja",
    text: ["# Growth, and a decay that the answer itself brings.", "dw = post * (pre - post * w)"].join("\n"),
  },
  {
    name: "hebb",
    title: "Hebb",
    text: ["# What fires together grows together, without end.", "dw = pre * post"].join("\n"),
  },
  {
    name: "decay",
    title: "Hebb with a leak",
    text: [
      "param leak = 0.9 in 0 .. 2",
      "# Above the input’s largest variance, 1 in the cloud, all is forgotten.",
      "dw = pre * post - leak * w",
    ].join("\n"),
  },
  {
    name: "bcm",
    title: "BCM-like",
    text: [
      "# postSquareTrace is the sliding threshold.",
      "let y = relu(post)",
      "dw = y * (y - postSquareTrace) * pre",
    ].join("\n"),
  },
  {
    name: "covariance",
    title: "Covariance",
    text: [
      "param leak = 0.3 in 0 .. 2",
      "let surprise = (pre - preTrace) * (post - postTrace)",
      "dw = surprise - leak * post^2 * w",
    ].join("\n"),
  },
  {
    name: "three-factor",
    title: "Three factors, with dopamine",
    text: [
      "param base = 0.3 in 0 .. 1",
      "# What was active lately is eligible; how it turned out says how much of that is written in.",
      "dw = (base + dopamine) * (eligibility - post^2 * w)",
    ].join("\n"),
  },
  {
    name: "anti",
    title: "Anti-Hebb",
    text: [
      "param strength = 0.5 in 0 .. 2",
      "let size = w^2 * 64",
      "dw = -strength * pre * post + (1 - size) * w",
    ].join("\n"),
  },
  {
    name: "threshold",
    title: "Growth above a threshold",
    text: [
      "param threshold = 0.5 in 0 .. 2",
      "param rate = 0.02 in 0 .. 0.1",
      "# A rule that has a rate of its own is taken as it stands.",
      "dw = abs(post) > threshold ? rate * post * (pre - post * w) : -rate * w / 100",
    ].join("\n"),
  },
];

export interface NeuronExample extends Example {
  /** The largest input that makes sense, and where the slider begins. */
  readonly most: number;
  readonly input: number;
  readonly dt: number;
}

export const neuronExamples: readonly NeuronExample[] = [
  {
    name: "lif",
    title: "Leaky integrate-and-fire",
    most: 60,
    input: 20,
    dt: 0.1,
    text: [
      "param tau = 20 in 5 .. 50",
      "param rest = -65 in -80 .. -55",
      "param threshold = -50 in -54 .. -30",
      "start v = rest",
      "v' = (rest - v + I) / tau",
      "when v > threshold: v = rest",
    ].join("\n"),
  },
  {
    name: "izhikevich",
    title: "Izhikevich, regular spiking",
    most: 20,
    input: 10,
    dt: 0.1,
    text: [
      "param a = 0.02 in 0.01 .. 0.2",
      "param b = 0.2 in 0.1 .. 0.3",
      "param c = -65 in -70 .. -45",
      "param d = 8 in 0 .. 10",
      "start v = -70",
      "start u = -14",
      "v' = 0.04 * v^2 + 5 * v + 140 - u + I",
      "u' = a * (b * v - u)",
      "when v > 30: v = c, u = u + d",
    ].join("\n"),
  },
  {
    name: "adaptive",
    title: "Integrate-and-fire that tires",
    most: 60,
    input: 30,
    dt: 0.1,
    text: [
      "param tau = 20 in 5 .. 50",
      "param tauTired = 100 in 20 .. 400",
      "param tiring = 5 in 0 .. 20",
      "v' = (I - v - tired) / tau",
      "tired' = -tired / tauTired",
      "when v > 15: v = 0, tired = tired + tiring",
    ].join("\n"),
  },
  {
    name: "quadratic",
    title: "Quadratic integrate-and-fire",
    most: 1,
    input: 0.1,
    dt: 0.1,
    text: [
      "param peak = 10 in 5 .. 30",
      "start v = -1",
      "v' = v^2 / 10 + I - 0.02",
      "when v > peak: v = -peak",
    ].join("\n"),
  },
  {
    name: "fitzhugh",
    title: "FitzHugh–Nagumo",
    most: 1.5,
    input: 0.5,
    dt: 0.1,
    text: [
      "param slow = 0.08 in 0.02 .. 0.2",
      "start v = -1.2",
      "start w = -0.62",
      "start below = 1",
      "# A spike is counted where v comes up through 1; below remembers that it was down.",
      "v' = v - v^3 / 3 - w + I",
      "w' = slow * (v + 0.7 - 0.8 * w)",
      "below' = v < 0 ? (1 - below) / 0.5 : 0",
      "when v > 1 && below > 0.5: below = 0",
    ].join("\n"),
  },
];
