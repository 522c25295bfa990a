/**
 * The files of MNIST (LeCun, Cortes & Burges 1998) and Fashion-MNIST (Xiao, Rasul & Vollgraf 2017): where a
 * browser may fetch them, and the SHA-256 of each, as published (.gz) and unzipped (computed from those).
 */

/** The four roles a file plays; also the file's name without `.gz`. */
export const fileNames = [
  "train-images-idx3-ubyte",
  "train-labels-idx1-ubyte",
  "t10k-images-idx3-ubyte",
  "t10k-labels-idx1-ubyte",
] as const;
export type FileName = (typeof fileNames)[number];

/** One file: the size of its .gz in bytes, and SHA-256 in hex. */
export interface KnownFile {
  readonly gzBytes: number;
  readonly gzSha256: string;
  readonly rawSha256: string;
}

/** A data set in four IDX files; 60,000 training and 10,000 test images of 28×28, ten classes. */
export interface Collection {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  /** The address that a file's name and `.gz` complete; it allows cross-origin reads. */
  readonly url: string;
  readonly files: Readonly<Record<FileName, KnownFile>>;
}

const mnist: Collection = {
  name: "mnist",
  title: "MNIST",
  summary: "Handwritten digits: 60,000 to learn from, 10,000 to test on, 28×28 pixels.",
  url: "https://cdn.jsdelivr.net/gh/fgnt/mnist@ae608a02b796c9ee908c082585a5f006fe05258e/",
  files: {
    "train-images-idx3-ubyte": {
      gzBytes: 9912422,
      gzSha256: "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
      rawSha256: "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    },
    "train-labels-idx1-ubyte": {
      gzBytes: 28881,
      gzSha256: "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
      rawSha256: "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    },
    "t10k-images-idx3-ubyte": {
      gzBytes: 1648877,
      gzSha256: "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
      rawSha256: "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    },
    "t10k-labels-idx1-ubyte": {
      gzBytes: 4542,
      gzSha256: "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
      rawSha256: "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    },
  },
};

const fashionMnist: Collection = {
  name: "fashion-mnist",
  title: "Fashion-MNIST",
  summary: "Pictures of clothes in ten kinds, as large as MNIST and harder.",
  url: "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
  files: {
    "train-images-idx3-ubyte": {
      gzBytes: 26421880,
      gzSha256: "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
      rawSha256: "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
    },
    "train-labels-idx1-ubyte": {
      gzBytes: 29515,
      gzSha256: "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
      rawSha256: "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
    },
    "t10k-images-idx3-ubyte": {
      gzBytes: 4422102,
      gzSha256: "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
      rawSha256: "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
    },
    "t10k-labels-idx1-ubyte": {
      gzBytes: 5148,
      gzSha256: "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
      rawSha256: "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
    },
  },
};

/** The collections we know. */
export const collections = { mnist, fashionMnist } as const;
export const imageSide = 28;
export const imageClasses = 10;
export const trainCount = 60_000;
export const testCount = 10_000;
