/** Four opened files become a data set. Structure is judged before checksums, as its errors say more. */
import { type Collection, type FileName, imageClasses, imageSide } from "./collection";
import { type Dataset, type Split, sampleCount, type TaskOptions } from "./dataset";
import type { Opened } from "./identify";

type Parts = Readonly<Record<FileName, Opened>>;

/**
 * The first `train` and `test` samples of the four files, as views (nothing is copied).
 * Throws an Error when images and labels differ in number or a file is not the published one, a RangeError
 * when more samples are asked for than there are.
 */
export function assemble(collection: Collection, parts: Parts, options: TaskOptions): Dataset {
  const counted = (split: "train" | "test", images: FileName, labels: FileName) => {
    const [image, label] = [parts[images].idx, parts[labels].idx];
    const [imageCount, labelCount] = [image.dims[0]!, label.dims[0]!];
    if (imageCount !== labelCount) {
      throw new Error(
        `${collection.title}: expected as many labels as images, found ${imageCount} images in ${images} ` +
          `and ${labelCount} labels in ${labels}: the files do not belong together.`,
      );
    }
    const most = { usual: imageCount, most: imageCount };
    return (): Split => {
      const count = sampleCount(collection.name, split, options[split], most);
      const data = image.data.subarray(0, count * imageSide * imageSide);
      return { data, labels: label.data.subarray(0, count), count };
    };
  };
  const train = counted("train", "train-images-idx3-ubyte", "train-labels-idx1-ubyte");
  const test = counted("test", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte");
  for (const { complaint } of Object.values(parts)) if (complaint) throw new Error(complaint);
  return {
    name: collection.name,
    title: collection.title,
    synthetic: false,
    shape: [imageSide, imageSide],
    inputs: imageSide * imageSide,
    classes: imageClasses,
    train: train(),
    test: test(),
  };
}
