"""The smallest network that can be run: an ONNX file that averages the channels, written by hand.

Field numbers are those of onnx.proto; the package `onnx` is not needed to run networks, only to make them.
"""


def mean_of_channels() -> bytes:
    """An ONNX model, input "image" 1×3×H×W float32, output "mask" 1×1×H×W: the mean over the channels."""
    axes = _text(1, "axes") + _number(8, 1) + _number(20, 7)
    node = _text(1, "image") + _text(2, "mask") + _text(4, "ReduceMean") + _message(5, axes)
    graph = _message(1, node) + _text(2, "mean") + _message(11, _tensor("image", 3)) + _message(12, _tensor("mask", 1))
    return _number(1, 8) + _message(7, graph) + _message(8, _number(2, 13))


def mean_difference() -> bytes:
    """An ONNX model, inputs "one" and "other" 1×3×H×W float32, output "distance" 1×1×1×1: their mean difference."""
    apart = _text(1, "one") + _text(1, "other") + _text(2, "apart") + _text(4, "Sub")
    size = _text(1, "apart") + _text(2, "size") + _text(4, "Abs")
    axes = _text(1, "axes") + b"".join(_number(8, axis) for axis in (1, 2, 3)) + _number(20, 7)
    mean = _text(1, "size") + _text(2, "distance") + _text(4, "ReduceMean") + _message(5, axes)
    nodes = b"".join(_message(1, node) for node in (apart, size, mean))
    ends = _message(11, _tensor("one", 3)) + _message(11, _tensor("other", 3)) + _message(12, _tensor("distance", 1))
    return _number(1, 8) + _message(7, nodes + _text(2, "apart") + ends) + _message(8, _number(2, 13))


def white_hole() -> bytes:
    """An ONNX model, inputs "image" 1×3×H×W and "hole" 1×1×H×W float32, output "picture": white where the hole is 1."""
    node = _text(1, "image") + _text(1, "hole") + _text(2, "picture") + _text(4, "Add")
    ends = _message(11, _tensor("image", 3)) + _message(11, _tensor("hole", 1)) + _message(12, _tensor("picture", 3))
    return _number(1, 8) + _message(7, _message(1, node) + _text(2, "fill") + ends) + _message(8, _number(2, 13))


def enormous() -> bytes:
    """An ONNX model, input "image" as above, output "mask" 1×1×400000×400000: the picture's mean, 640 GB of it."""
    axes = _text(1, "axes") + b"".join(_number(8, axis) for axis in (1, 2, 3)) + _number(20, 7)
    mean = _text(1, "image") + _text(2, "mean") + _text(4, "ReduceMean") + _message(5, axes)
    spread = _text(1, "mean") + _text(1, "sizes") + _text(2, "mask") + _text(4, "Expand")
    sizes = _number(1, 4) + _number(2, 7) + b"".join(_number(7, side) for side in (1, 1, 400_000, 400_000))
    graph = _message(1, mean) + _message(1, spread) + _text(2, "much") + _message(5, sizes + _text(8, "sizes"))
    ends = _message(11, _tensor("image", 3)) + _message(12, _tensor("mask", 1))
    return _number(1, 8) + _message(7, graph + ends) + _message(8, _number(2, 13))


def flat() -> bytes:
    """An ONNX model, input "image" as above, output "mask" of one number: no mask at all."""
    axes = _text(1, "axes") + b"".join(_number(8, axis) for axis in (0, 1, 2, 3)) + _number(20, 7)
    drop = _text(1, "keepdims") + _number(3, 0) + _number(20, 2)
    node = _text(1, "image") + _text(2, "mask") + _text(4, "ReduceMean") + _message(5, axes) + _message(5, drop)
    number = _text(1, "mask") + _message(2, _message(1, _number(1, 1) + _message(2, b"")))
    graph = _message(1, node) + _text(2, "flat") + _message(11, _tensor("image", 3)) + _message(12, number)
    return _number(1, 8) + _message(7, graph) + _message(8, _number(2, 13))


def _tensor(name: str, channels: int) -> bytes:
    sizes = [_number(1, 1), _number(1, channels), _text(2, "height"), _text(2, "width")]
    shape = b"".join(_message(1, size) for size in sizes)
    return _text(1, name) + _message(2, _message(1, _number(1, 1) + _message(2, shape)))


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _text(field: int, value: str) -> bytes:
    return _message(field, value.encode())


def _message(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    parts = []
    while value > 127:
        parts.append(value & 127 | 128)
        value >>= 7
    return bytes([*parts, value])
