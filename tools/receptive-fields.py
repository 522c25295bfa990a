"""Draws what neurons of `engram simulate diehl-cook` have learned: a tile of 28 by 28 pixels each, the heavier the darker.

    python3 tools/receptive-fields.py run/weights-learned.npy docs/receptive-fields.png

The array is [784, neurons]. Needs NumPy; the PNG is written by hand (RFC 2083: grey, 8 bits).
"""

import struct
import sys
import zlib

import numpy as np

SIDE = 28
GAP = 1


def tiles(weights):
    """[784, neurons] to one picture of bytes, as near to a square of tiles as may be; 0 is the weight 0 and the paper white."""
    neurons = weights.shape[1]
    columns = int(np.ceil(np.sqrt(neurons)))
    rows = -(-neurons // columns)
    step = SIDE + GAP
    picture = np.full((rows * step - GAP, columns * step - GAP), 255, np.uint8)
    brightest = np.quantile(weights, 0.999)
    grey = (255 * (1 - np.clip(weights / brightest, 0, 1))).astype(np.uint8)
    for neuron in range(neurons):
        top, left = step * (neuron // columns), step * (neuron % columns)
        picture[top : top + SIDE, left : left + SIDE] = grey[:, neuron].reshape(SIDE, SIDE)
    return picture


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(picture):
    height, width = picture.shape
    lines = b"".join(b"\0" + line.tobytes() for line in picture)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(lines, 9))
        + chunk(b"IEND", b"")
    )


def main(arguments):
    if len(arguments) != 2:
        sys.exit(__doc__)
    source, target = arguments
    weights = np.load(source)
    if weights.ndim != 2 or weights.shape[0] != SIDE * SIDE:
        sys.exit(f"{source} has shape {list(weights.shape)}, but weights onto neurons are [784, neurons].")
    with open(target, "wb") as file:
        file.write(png(tiles(weights)))


if __name__ == "__main__":
    main(sys.argv[1:])
